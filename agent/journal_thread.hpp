// The journal for coroutines: SQLite works on one thread of its own, never on the one that does the I/O. The
// io_context of its callers outlives it.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "agent/journal.hpp"

namespace agent {

class JournalThread {
public:
    explicit JournalThread(std::unique_ptr<Journal> journal) : journal_(std::move(journal)) {}
    ~JournalThread() { thread_.join(); }

    /// Runs `work(Journal&)` there and resumes the caller where it was. `work` owns what it needs: it runs also
    /// when the caller has gone away meanwhile.
    template <class Work>
    auto run(Work work) -> boost::asio::awaitable<decltype(work(std::declval<Journal&>()))> {
        using Answer = decltype(work(std::declval<Journal&>()));
        const auto executor = co_await boost::asio::this_coro::executor;
        auto start = [this, executor, &work](auto handler) mutable {
            auto guard = boost::asio::make_work_guard(executor);
            auto task = [this, guard, work = std::move(work), handler = std::move(handler)]() mutable {
                auto resume = [handler = std::move(handler), answer = work(*journal_)]() mutable {
                    std::move(handler)(std::move(answer));
                };
                boost::asio::post(guard.get_executor(), std::move(resume));
            };
            boost::asio::post(thread_, std::move(task));
        };
        const auto& token = boost::asio::use_awaitable;
        Answer answer =
            co_await boost::asio::async_initiate<decltype(token), void(Answer)>(start, token);
        co_return answer;
    }

private:
    std::unique_ptr<Journal> journal_;
    boost::asio::thread_pool thread_{1};
};

}  // namespace agent
