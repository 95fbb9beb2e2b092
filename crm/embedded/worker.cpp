#include "crm/embedded/worker.hpp"

#include <algorithm>
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

// A commit does not wait for the disk: put_on_disk() does, once for all who want to be sure.
Worker::Worker(Database database) : database_(std::move(database)) {
    database_.script("PRAGMA synchronous = NORMAL");
}

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
asio::awaitable<Result<T>> Worker::write(Write<T> work, Confirm when) {
    auto start = [this, &work, when](auto handler) {
        auto value = std::make_shared<T>();
        Write<void> task;
        if (work) {
            task = [work = std::move(work), value](Database& database) -> Result<void> {
                auto result = work(database);
                if (result.has_error()) return result.error();
                *value = std::move(*result);
                return {};
            };
        }
        auto done = continuation<T>(std::move(handler));
        auto finish = [done = std::move(done), value](const Result<void>& committed) {
            done(committed.has_error() ? Result<T>(committed.error()) : Result<T>(*value));
        };
        enqueue(Pending{std::move(task), when, std::move(finish)});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<T>)>(
        start, asio::use_awaitable
    );
}

template asio::awaitable<Result<Stored>> Worker::write(Write<Stored> work, Confirm when);
template asio::awaitable<Result<StoredBundle>> Worker::write(Write<StoredBundle> work, Confirm when);
template asio::awaitable<Result<Undone>> Worker::write(Write<Undone> work, Confirm when);
template asio::awaitable<Result<bool>> Worker::write(Write<bool> work, Confirm when);

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
        for (const auto& pending : group) {
            results.push_back(pending.work ? in_savepoint(database, pending.work) : Result<void>());
        }
        return {};
    };
    const auto has_work = [](const Pending& pending) { return pending.work != nullptr; };
    Result<void> committed;
    if (std::ranges::any_of(group, has_work)) committed = writing(database_, all);
    if (committed.has_error() && group.size() > 1 && !is_transient(committed.error().code)) {
        // One of them is at fault: the others must not suffer for it.
        for (std::size_t i = 0; i < group.size(); ++i) commit(group.subspan(i, 1));
        return;
    }
    results.resize(group.size());
    Result<void> confirmed = committed;
    const auto waits = [](const Pending& pending) { return pending.when == Confirm::now; };
    if (!committed.has_error() && std::ranges::any_of(group, waits)) confirmed = put_on_disk();
    for (std::size_t i = 0; i < group.size(); ++i) {
        const Result<void>& kept = waits(group[i]) ? confirmed : committed;
        group[i].done(kept.has_error() ? kept : results[i]);
    }
}

/// Also what a crash has left in the log, which can be read and may not be on the disk.
Result<void> Worker::put_on_disk() {
    if (is_doubtful_) {
        database_.checkpoint();
    } else {
        database_.sync_log();
    }
    auto failure = database_.take_failure();
    is_doubtful_ = failure.has_value();
    if (failure) return *failure;
    return {};
}

}  // namespace crm::embedded
