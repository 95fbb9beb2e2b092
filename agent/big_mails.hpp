// Large mails, of all mailboxes together: one at a time is in work, and it is read on a thread of
// its own, so that it costs neither the memory of several nor the time of the small ones beside it.
// Made once, by agent/ferry.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

namespace agent {

/// All calls come from the one thread of the io_context, which outlives it.
class BigMails {
public:
    /// `folder` is where their bytes lie meanwhile; "" for the system's.
    explicit BigMails(std::filesystem::path folder);
    BigMails(const BigMails&) = delete;
    BigMails& operator=(const BigMails&) = delete;
    ~BigMails();  ///< finishes what is read at the moment

    const std::filesystem::path& folder() const { return folder_; }

    /// The right to have a large mail in work; ends with its last copy, on whatever thread.
    using Turn = std::shared_ptr<const void>;
    /// Waits in line for it; null after stop().
    boost::asio::awaitable<Turn> turn();
    /// Nobody waits from now on, also of those who wait already. Turns that are had stay.
    void stop();

    /// Runs `work()` on the thread for reading and resumes the caller where it was, with what it
    /// gives or throws. `work` owns what it needs: it runs also when the caller has gone away
    /// meanwhile.
    template <class Work>
    auto run(Work work) -> boost::asio::awaitable<decltype(work())> {
        using Answer = decltype(work());
        struct Outcome {
            std::optional<Answer> answer;
            std::exception_ptr failure;
        };
        auto outcome = std::make_shared<Outcome>();
        const auto executor = co_await boost::asio::this_coro::executor;
        auto start = [this, executor, outcome, &work](auto handler) mutable {
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            auto guard = boost::asio::make_work_guard(executor);
            auto task = [outcome, kept, guard, work = std::move(work)]() mutable {
                try {
                    outcome->answer.emplace(work());
                } catch (...) {
                    outcome->failure = std::current_exception();
                }
                boost::asio::post(guard.get_executor(), [kept]() mutable { std::move (*kept)(); });
            };
            boost::asio::post(thread_, std::move(task));
        };
        const auto& token = boost::asio::use_awaitable;
        co_await boost::asio::async_initiate<decltype(token), void()>(start, token);
        if (outcome->failure) std::rethrow_exception(outcome->failure);
        co_return std::move(*outcome->answer);
    }

private:
    struct Line;

    std::filesystem::path folder_;
    std::shared_ptr<Line> line_;
    boost::asio::thread_pool thread_{1};
};

}  // namespace agent
