#include "ews/stream_seat.hpp"

#include <utility>

namespace ews {
namespace {

/// News of one member that wait to be fetched.
constexpr std::size_t most_news = 1'000;

}  // namespace

void StreamSeat::tell(StreamNews news) {
    if (news.kind == StreamNews::Kind::alive && !news_.empty()) return;
    if (news_.size() >= most_news) {
        news_.clear();
        news_.push_back({StreamNews::Kind::sync});
    }
    news_.push_back(std::move(news));
    bell_.notify();
}

void StreamSeat::end(Error error) {
    if (!ended_) ended_ = std::move(error);
    bell_.notify();
}

void StreamSeat::close() {
    is_closed_ = true;
    bell_.notify();
}

boost::asio::awaitable<Result<StreamNews>> StreamSeat::next() {
    while (!is_closed_) {
        if (!news_.empty()) {
            StreamNews news = std::move(news_.front());
            news_.pop_front();
            co_return news;
        }
        if (ended_) co_return *ended_;
        co_await bell_.wait_until(http::Signal::Moment::max());
    }
    co_return Error{errc::cancelled, {}, "the member has left the event stream", {}};
}

}  // namespace ews
