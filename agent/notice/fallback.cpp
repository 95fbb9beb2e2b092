#include "agent/notice/fallback.hpp"

#include <utility>

#include "agent/log.hpp"

namespace agent {

namespace {

bool is_final(errc code) {
    return code == errc::permanent;  // what is denied an admin can put right
}

Error both(const Error& first, const Error& second) {
    Error error = is_final(second.code) && !is_final(first.code) ? first : second;
    error.text = first.text + "; and by the second way: " + second.text;
    return error;
}

}  // namespace

Fallback::Fallback(std::unique_ptr<Sender> first, std::unique_ptr<Sender> second)
    : first_(std::move(first)), second_(std::move(second)) {}

void Fallback::stop() {
    stopped_ = true;
    first_->stop();
    second_->stop();
}

boost::asio::awaitable<Result<void>> Fallback::send(Notice notice, std::string to) {
    const std::string recipient = to;
    const Result<void> by_first = co_await first_->send(notice, to);
    if (by_first || by_first.error().code == errc::cancelled) co_return by_first;
    if (stopped_) co_return Error{errc::cancelled, "stopped", {}};
    const Result<void> by_second = co_await second_->send(std::move(notice), std::move(to));
    if (by_second) {  // else nobody would hear that the first way is broken
        log::warning("second-way", {{"to", recipient}, {"why", by_first.error().text}});
        co_return by_second;
    }
    if (by_second.error().code == errc::cancelled) co_return by_second;
    co_return both(by_first.error(), by_second.error());
}

}  // namespace agent
