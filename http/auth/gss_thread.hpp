// The thread of all GSSAPI calls of an account: they look up names and wait for KDCs, and an io
// thread must not. Separate because it knows nothing of logins; used by negotiate.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "http/error.hpp"

namespace http {

class GssThread {
public:
    GssThread() = default;
    GssThread(const GssThread&) = delete;
    GssThread& operator=(const GssThread&) = delete;
    /// Waits for the call under way; the executors of the callers must still exist.
    ~GssThread() {
        thread_.stop();
        thread_.join();
    }

    /// The caller resumes on its own executor, which one thread runs. A caller that is cancelled
    /// resumes at once with errc::cancelled; `work` owns what it needs, because it then ends alone.
    template <class T>
    boost::asio::awaitable<Result<T>> run(std::function<Result<T>()> work) {
        constexpr auto waited = boost::asio::as_tuple(boost::asio::use_awaitable);
        const auto executor = co_await boost::asio::this_coro::executor;
        const auto job = std::make_shared<Job<T>>(executor);
        auto guard = boost::asio::make_work_guard(executor);
        boost::asio::post(thread_, [job, executor, guard, task = std::move(work)] {
            auto outcome = std::make_shared<Result<T>>(task());
            boost::asio::post(executor, [job, outcome] {
                job->outcome = std::move(*outcome);
                job->done.cancel();
            });
        });
        co_await job->done.async_wait(waited);
        if (job->outcome) co_return std::move(*job->outcome);
        co_return Error{errc::cancelled, "stopped while logging in"};
    }

private:
    template <class T>
    struct Job {
        explicit Job(const boost::asio::any_io_executor& executor)
            : done(executor, boost::asio::steady_timer::time_point::max()) {}
        boost::asio::steady_timer done;
        std::optional<Result<T>> outcome;
    };

    boost::asio::thread_pool thread_{1};
};

}  // namespace http
