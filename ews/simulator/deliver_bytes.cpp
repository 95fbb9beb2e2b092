#include "ews/simulator/deliver_bytes.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>

#include "ews/simulator/damage.hpp"

namespace ews::simulator {

namespace {

using boost::asio::awaitable;
using Kind = Fault::Kind;

constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);

/// Between two parts that the client is to read one by one.
constexpr std::chrono::milliseconds breath{2};

bool is(const std::optional<Fault>& fault, Kind kind) {
    return fault && fault->kind == kind;
}

/// The text in the parts that `fault` makes of it.
std::vector<std::string> parts_of(const std::optional<Fault>& fault, std::string text) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (const auto end : cuts(fault, text)) {
        parts.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    parts.push_back(begin == 0 ? std::move(text) : text.substr(begin));
    return parts;
}

/// How much of an answer goes out before it is cut.
std::size_t kept(const Fault& fault, std::size_t size) {
    return fault.count == 0 ? size / 2 : std::min(fault.count, size - 1);
}

awaitable<bool> write_parts(Wire& wire, std::vector<std::string> parts, bool breathes) {
    for (auto& part : parts) {
        const auto sent = co_await wire.write(std::move(part));
        if (!sent) co_return false;
        if (breathes) co_await pause(breath);
    }
    co_return true;
}

bool breathes_between(const std::optional<Fault>& fault) {
    return is(fault, Kind::split_end) || is(fault, Kind::split_character);
}

}  // namespace

awaitable<void> pause(std::chrono::milliseconds duration) {
    if (duration.count() <= 0) co_return;
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, duration);
    co_await timer.async_wait(token);
}

awaitable<void> wait_until_gone(Wire& wire) {
    std::array<char, 1024> ignored;
    std::size_t size = 1;
    while (size > 0) size = co_await wire.read(ignored);
}

awaitable<Then> deliver_bytes(Wire& wire, std::string bytes, const std::optional<Fault>& fault) {
    if (is(fault, Kind::late)) co_await pause(fault->back_off);
    const auto is_cut = is(fault, Kind::cut);
    if (is_cut) bytes.resize(kept(*fault, bytes.size()));
    auto parts = parts_of(fault, std::move(bytes));
    const auto breathes = breathes_between(fault);
    const auto sent = co_await write_parts(wire, std::move(parts), breathes);
    if (!sent || is_cut) co_return Then::hang_up;
    co_return is(fault, Kind::close_after) ? Then::goodbye : Then::go_on;
}

awaitable<bool> deliver_chunks(
    Wire& wire, std::string envelope, const std::optional<Fault>& fault
) {
    if (is(fault, Kind::cut)) {
        const auto half = kept(*fault, envelope.size());
        auto chunk = fmt::format("{:x}\r\n{}", envelope.size(), envelope.substr(0, half));
        co_await wire.write(std::move(chunk));
        co_return false;
    }
    auto parts = parts_of(fault, std::move(envelope));
    for (auto& part : parts) part = fmt::format("{:x}\r\n{}\r\n", part.size(), part);
    const auto breathes = breathes_between(fault);
    const auto sent = co_await write_parts(wire, std::move(parts), breathes);
    co_return sent;
}

}  // namespace ews::simulator
