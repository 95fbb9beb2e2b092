// The journal for coroutines: SQLite works on one thread of its own, never on the one that does the I/O. What is asked
// while one commit runs is committed together, so that many mailboxes share the waiting for the disk. The io_context of
// its callers outlives it.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agent/journal.hpp"

namespace agent {

class JournalThread {
public:
    explicit JournalThread(std::unique_ptr<Journal> journal) : journal_(std::move(journal)) {}
    ~JournalThread() { thread_.join(); }

    /// Runs `work(Journal&)`, which gives a Result, there and resumes the caller where it was, after the commit. `work`
    /// owns what it needs: it runs also when the caller has gone away meanwhile.
    template <class Work>
    auto run(Work work) -> boost::asio::awaitable<decltype(work(std::declval<Journal&>()))> {
        using Answer = decltype(work(std::declval<Journal&>()));
        const auto executor = co_await boost::asio::this_coro::executor;
        auto start = [this, executor, &work](auto handler) mutable {
            using Handler = decltype(handler);
            auto answer = std::make_shared<std::optional<Answer>>();
            auto kept = std::make_shared<Handler>(std::move(handler));
            auto guard = boost::asio::make_work_guard(executor);
            Task task;
            task.work = [answer, work = std::move(work)](Journal& journal) {
                answer->emplace(work(journal));
            };
            task.finish = [answer, kept, guard](const Result<void>& committed) {
                if (!committed) answer->emplace(committed.error());
                auto resume = [answer, kept]() mutable { std::move (*kept)(std::move(**answer)); };
                boost::asio::post(guard.get_executor(), std::move(resume));
            };
            enqueue(std::move(task));
        };
        const auto& token = boost::asio::use_awaitable;
        Answer answer =
            co_await boost::asio::async_initiate<decltype(token), void(Answer)>(start, token);
        co_return answer;
    }

    /// Runs `work` there, before all that is asked for after it; nobody is told how it went. What was posted is run,
    /// also if the thread ends meanwhile.
    void post(std::function<void(Journal&)> work) {
        Task task;
        task.work = std::move(work);
        task.finish = [](const Result<void>&) {};
        enqueue(std::move(task));
    }

private:
    struct Task {
        std::function<void(Journal&)> work;  ///< may run twice: again alone where its group fails
        std::function<void(const Result<void>&)> finish;  ///< told whether the group was committed
    };

    void enqueue(Task task) {
        {
            const std::lock_guard lock(mutex_);
            pending_.push_back(std::move(task));
        }
        boost::asio::post(thread_, [this] { run_group(); });
    }

    void run_group() {
        std::vector<Task> group;
        {
            const std::lock_guard lock(mutex_);
            group.swap(pending_);
        }
        if (!group.empty()) run_together(group);  // else an earlier turn has taken them along
    }

    void run_together(std::span<const Task> group) {
        const Result<void> begun = journal_->begin_group();
        if (!begun) {  // locked or unreadable: none of them is at fault, and each alone would wait as long
            for (const Task& task : group) task.finish(begun);
            return;
        }
        const Result<void> committed = commit(group);
        if (!committed && group.size() > 1) {  // one of them may be at fault: the others must not suffer for it
            for (std::size_t i = 0; i < group.size(); ++i) run_together(group.subspan(i, 1));
            return;
        }
        for (const Task& task : group) task.finish(committed);
    }

    Result<void> commit(std::span<const Task> group) {
        try {
            for (const Task& task : group) task.work(*journal_);
        } catch (const std::exception& broken) {
            journal_->abandon_group();
            return Error{errc::journal, std::string("journal: a bug, please report it: ") + broken.what(), {}};
        }
        return journal_->end_group();
    }

    std::unique_ptr<Journal> journal_;
    std::mutex mutex_;
    std::vector<Task> pending_;  ///< guarded by mutex_
    boost::asio::thread_pool thread_{1};
};

}  // namespace agent
