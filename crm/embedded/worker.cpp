#include "crm/embedded/worker.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <vector>

#include "crm/directory.hpp"
#include "crm/limits.hpp"

namespace crm::embedded {
namespace {

namespace asio = boost::asio;

/// A function that may be called on any thread and continues `handler` on the executor it belongs
/// to, which is kept alive until then.
template <class T, class Handler>
std::function<void(Result<T>)> continuation(Handler handler) {
    auto executor = asio::get_associated_executor(handler);
    auto guard = asio::make_work_guard(executor);
    auto kept = std::make_shared<Handler>(std::move(handler));
    return [executor, guard, kept](Result<T> result) {
        asio::post(executor, [kept, result = std::move(result)]() mutable {
            std::move (*kept)(std::move(result));
        });
    };
}

/// One write inside the transaction of its group: undone alone if it fails.
Result<void> in_savepoint(Database& database, const Worker::Write<void>& work) {
    database.run("SAVEPOINT one");
    auto result = work(database);
    if (database.failure()) return *database.failure();
    if (result.has_error()) database.run("ROLLBACK TO one");
    database.run("RELEASE one");
    return result;
}

}  // namespace

Worker::Worker(Database database) : database_(std::move(database)) {}

Worker::~Worker() {
    thread_.join();
}

template <class T>
asio::awaitable<Result<T>> Worker::read(Read<T> work) {
    auto start = [this, &work](auto handler) {
        auto done = continuation<T>(std::move(handler));
        asio::post(thread_, [this, task = std::move(work), done = std::move(done)] {
            done(reading(database_, task));
        });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<T>)>(
        start, asio::use_awaitable
    );
}

template asio::awaitable<Result<rules::Facts>> Worker::read(Read<rules::Facts> work);
template asio::awaitable<Result<Known>> Worker::read(Read<Known> work);

template <class T>
asio::awaitable<Result<T>> Worker::write(Write<T> work) {
    auto start = [this, &work](auto handler) {
        auto value = std::make_shared<T>();
        auto task = [work = std::move(work), value](Database& database) -> Result<void> {
            auto result = work(database);
            if (result.has_error()) return result.error();
            *value = std::move(*result);
            return {};
        };
        auto done = continuation<T>(std::move(handler));
        auto finish = [done = std::move(done), value](const Result<void>& committed) {
            done(committed.has_error() ? Result<T>(committed.error()) : Result<T>(*value));
        };
        enqueue(Pending{std::move(task), std::move(finish)});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<T>)>(
        start, asio::use_awaitable
    );
}

template asio::awaitable<Result<Stored>> Worker::write(Write<Stored> work);
template asio::awaitable<Result<StoredBundle>> Worker::write(Write<StoredBundle> work);
template asio::awaitable<Result<Undone>> Worker::write(Write<Undone> work);
template asio::awaitable<Result<bool>> Worker::write(Write<bool> work);

void Worker::enqueue(Pending pending) {
    {
        const std::lock_guard lock(mutex_);
        pending_.push_back(std::move(pending));
    }
    asio::post(thread_, [this] { commit_group(); });
}

void Worker::commit_group() {
    std::vector<Pending> group;
    {
        const std::lock_guard lock(mutex_);
        while (!pending_.empty() && group.size() < limits::group) {
            group.push_back(std::move(pending_.front()));
            pending_.pop_front();
        }
    }
    if (group.empty()) return;  // an earlier turn has taken them along
    commit(group);
}

void Worker::commit(std::span<Pending> group) {
    std::vector<Result<void>> results;
    const auto all = [&](Database& database) -> Result<void> {
        for (const auto& pending : group) results.push_back(in_savepoint(database, pending.work));
        return {};
    };
    const Result<void> committed = writing(database_, all);
    if (committed.has_error() && group.size() > 1 && !is_transient(committed.error().code)) {
        // One of them is at fault: the others must not suffer for it.
        for (std::size_t i = 0; i < group.size(); ++i) commit(group.subspan(i, 1));
        return;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i].done(committed.has_error() ? committed.error() : results[i]);
    }
}

}  // namespace crm::embedded
