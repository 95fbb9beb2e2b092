#include "agent/notice/smtp_sender.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "agent/notice/notice_mime.hpp"

namespace agent {

SmtpSender::SmtpSender(SmtpConfig config, Secret password, SmtpTimes times)
    : config_(std::move(config)), password_(std::move(password)), times_(times) {}

SmtpSender::~SmtpSender() {
    stop_ = true;
    thread_.join();
}

boost::asio::awaitable<Result<void>> SmtpSender::send(Notice notice, std::string to) {
    if (!is_sendable(to)) {
        co_return Error{
            errc::permanent, "'" + to + "' is no address to send to; correct it in the policy", {}};
    }
    if (!is_sendable(config_.from)) {
        co_return Error{
            errc::denied, "'" + config_.from + "' is no address to send from; correct it", {}};
    }
    SmtpMail mail{config_.from, to, to_mime(notice, config_.from, to)};
    const auto executor = co_await boost::asio::this_coro::executor;
    auto start = [this, executor, &mail](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto guard = boost::asio::make_work_guard(executor);
        auto work = [this, executor, kept, guard, mail = std::move(mail)]() mutable {
            Result<void> answer = smtp_call(config_, password_, times_, mail, stop_);
            auto resume = [kept = std::move(kept), guard = std::move(guard), answer]() mutable {
                std::move (*kept)(std::move(answer));
            };
            boost::asio::post(
                executor, std::move(resume)
            );  // nothing of the caller stays on this thread
        };
        kept.reset();
        boost::asio::post(thread_, std::move(work));
    };
    const auto& token = boost::asio::use_awaitable;
    Result<void> answer =
        co_await boost::asio::async_initiate<decltype(token), void(Result<void>)>(start, token);
    co_return answer;
}

}  // namespace agent
