// The one thread that touches a database: SQLite waits for the disk, and an io thread must not.
// Writes that queue up while one commit runs are committed together.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <functional>
#include <mutex>
#include <span>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"

namespace crm::embedded {

class Worker {
public:
    template <class T>
    using Read = std::function<Result<T>(Database&)>;
    template <class T>
    using Write = std::function<Result<T>(Database&)>;

    explicit Worker(Database database);
    ~Worker();  ///< finishes what is queued; the executors of the callers must still exist

    /// The caller resumes on its own executor. `work` owns what it needs: it runs on the worker
    /// thread, also when the caller has gone away. T is rules::Facts or Known.
    template <class T>
    boost::asio::awaitable<Result<T>> read(Read<T> work);

    /// The caller resumes after the commit, or after nothing was changed. `work` may run twice,
    /// where its neighbour in a group has failed; the first run is undone. T is Stored,
    /// StoredBundle, Undone or bool.
    template <class T>
    boost::asio::awaitable<Result<T>> write(Write<T> work);

private:
    struct Pending {
        Write<void> work;
        std::function<void(Result<void>)> done;
    };

    void enqueue(Pending pending);
    void commit_group();
    void commit(std::span<Pending> group);

    Database database_;
    std::mutex mutex_;
    std::deque<Pending> pending_;  ///< guarded by mutex_
    boost::asio::thread_pool thread_{1};
};

}  // namespace crm::embedded
