#include "rules/loop_brake.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rules {
namespace {

bool is_reached(int taken, int limit) {
    return limit > 0 && taken >= limit;
}

std::string sender(const Mail& mail) {
    const auto from = std::ranges::find(mail.addressees, Position::from, &Addressee::position);
    return from == mail.addressees.end() ? "nobody" : from->address;
}

std::string taken(int mails, const std::string& of_whom, std::chrono::minutes window) {
    return fmt::format(
        "{} of {} {} taken within {}",
        mails == 1 ? "1 mail" : fmt::format("{} mails", mails),
        of_whom,
        mails == 1 ? "was" : "were",
        window.count() == 1 ? "1 minute" : fmt::format("{} minutes", window.count())
    );
}

}  // namespace

std::optional<Braked> loop_brake(const LoopBrakes& brakes, const Mail& mail, const Recent& recent) {
    const bool by_owner = mail.direction == Direction::sent;
    if (!by_owner && is_reached(recent.of_sender, brakes.per_sender))
        return Braked{"per-sender", taken(recent.of_sender, sender(mail), brakes.window)};
    if (is_reached(recent.of_thread, brakes.per_thread))
        return Braked{"per-thread", taken(recent.of_thread, "this conversation", brakes.window)};
    return std::nullopt;
}

}  // namespace rules
