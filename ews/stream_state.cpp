// Longer than other files: it is one table, and a table is read in one place.
#include "ews/stream_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ews/busy.hpp"
#include "ews/response_code.hpp"

namespace ews {
namespace {

using std::chrono::milliseconds;
using Kind = StreamState::Telling::Kind;

/// Closing is normal, at any moment; only who does it again and again is given pauses.
constexpr milliseconds closing_steps[] = {
    milliseconds(0), milliseconds(500), milliseconds(2'000), milliseconds(5'000)};

bool is_about_subscriptions(errc code) {
    return code == errc::subscription_lost || code == errc::missed_events;
}

bool is_about_mailbox(errc code) {
    return code == errc::access_denied || code == errc::impersonation_denied ||
           code == errc::no_such_mailbox || code == errc::subscription_denied;
}

/// The stream before it may still be ending; who is refused again needs an admin.
std::string crowded_text(const Error& error) {
    const std::string_view advice = advice_on(error);
    return fmt::format(
        "the server allows no further event stream: {}{}{}",
        error.text,
        advice.empty() ? "" : "; ",
        advice
    );
}

template <class T>
bool contains(const std::vector<T>& list, const T& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

StreamState::StreamState(StreamPaces paces) : paces_(paces), closes_(closing_steps) {}

void StreamState::join(Member member, Moment now, Moment not_before) {
    const bool waits = not_before > now;
    members_[member] = {now, not_before, waits, false, now + paces_.poll};
    if (degraded_) tellings_.push_back({member, Kind::polling, why_degraded_});
    if (phase_ == Phase::idle) phase_ = Phase::gathering;
    if (!waits) note_change(now);
}

void StreamState::leave(Member member, Moment now) {
    if (members_.erase(member) == 0) return;
    // Some servers end a stream of which one subscription ends; which stays is another stream.
    if (has_stream_ && is_streamed(member)) must_hang_up_ = true;
    note_change(now);
}

StreamState::Step StreamState::next(Moment now) {
    if (members_.empty()) {
        if (has_stream_ && !std::exchange(hangs_up_, true)) return {Step::Kind::hang_up};
        if (has_stream_) return {};
        phase_ = Phase::idle;
        churn_ = 0;
        changed_first_.reset();
        return {Step::Kind::end};
    }
    wake_waiting(now);
    poll_waiting(now);
    if (polls() && next_poll_ <= now) {
        tell_all(Kind::sync);
        next_poll_ = now + paces_.poll;
    }
    const Moment wake = std::min(first_waiting(), polls() ? next_poll_ : never);
    if (has_stream_) {
        if (hangs_up_) return {Step::Kind::wait, wake};
        if (!must_hang_up_ && change_due() > now)
            return {Step::Kind::wait, std::min(wake, change_due())};
        hangs_up_ = true;
        return {Step::Kind::hang_up};
    }
    std::vector<Member> members = ready();
    if (members.empty()) return {Step::Kind::wait, wake};
    const Moment due = changed_first_ ? std::max(due_, change_due()) : due_;
    if (due > now) return {Step::Kind::wait, std::min(wake, due)};
    has_stream_ = true;
    streamed_ = members;
    opened_.reset();
    changed_first_.reset();
    ++churn_;
    phase_ = Phase::opening;
    return {Step::Kind::open, never, std::move(members)};
}

void StreamState::opened(Moment now) {
    if (!has_stream_ || hangs_up_) return;
    phase_ = Phase::open;
    opened_ = now;
    proofs_ = 0;
    faults_in_a_row_ = 0;
    busy_ = false;
    next_poll_ = never;
    if (std::exchange(degraded_, false)) tell_all(Kind::streaming);
    for (const Member member : streamed_) {
        const auto found = members_.find(member);
        if (found == members_.end()) continue;
        Seat& seat = found->second;
        const bool gap = std::exchange(seat.was_streamed, true) || now - seat.joined > paces_.fresh;
        tellings_.push_back({member, gap ? Kind::sync : Kind::alive});
    }
}

void StreamState::ended(const StreamEnd& end, Moment now, double random) {
    const bool was_open = opened_.has_value();
    if (was_open && now - *opened_ >= paces_.settled) {
        closes_.reset();
        faults_.reset();
        churn_ = 1;
    }
    has_stream_ = false;
    must_hang_up_ = false;
    busy_ = false;
    opened_.reset();
    if (std::exchange(hangs_up_, false)) {
        phase_ = Phase::gathering;
        return;
    }
    if (end.kind == StreamEnd::Kind::withheld) return withhold(end, now);
    if (end.kind == StreamEnd::Kind::failed || !was_open) return fail(end, now, random);
    phase_ = end.kind == StreamEnd::Kind::closed ? Phase::closed : Phase::silent;
    due_ = now + closes_.next(random);
}

void StreamState::fail(const StreamEnd& end, Moment now, double random) {
    if (lose(end)) {
        phase_ = Phase::closed;
        due_ = now + closes_.next(random);
        return;
    }
    const Error& error = end.error;
    const bool is_throttled = asks_to_wait(error);
    phase_ = is_throttled ? Phase::throttled : Phase::faulted;
    busy_ = is_throttled && error.code != errc::too_many_connections;
    auto asked = error.back_off;
    if (error.code == errc::server_busy && !asked) asked = paces_.busy;
    if (reaction_to(error.code) == Reaction::ask_admin) faults_.slow_down();
    due_ = now + faults_.next(random, asked);
    const bool is_crowded = error.code == errc::too_many_connections;
    const int untold = is_crowded ? paces_.told_crowds : paces_.told_faults;
    if (++faults_in_a_row_ >= untold) degrade(is_crowded ? crowded_text(error) : error.text, now);
    // Who reads finds out whether the server is away or only its streams are.
    if (!busy_ && !degraded_) tell_all(Kind::sync);
}

/// Whether the error is about some members, who are out then; the others go on without them.
bool StreamState::lose(const StreamEnd& end) {
    const errc code = end.error.code;
    std::vector<Member> out;
    if (!asks_to_wait(end.error)) out = end.refused;
    if (out.empty() && is_about_subscriptions(code)) out = streamed_;
    // It is the anchor that is impersonated.
    if (out.empty() && is_about_mailbox(code) && !streamed_.empty()) out = {streamed_.front()};
    for (const Member member : out) {
        if (members_.erase(member) == 0) continue;
        tellings_.push_back({member, Kind::lost, {}, end.error});
    }
    return !out.empty();
}

void StreamState::withhold(const StreamEnd& end, Moment now) {
    phase_ = Phase::withheld;
    if (++proofs_ < paces_.proofs) {
        due_ = now;
        return;
    }
    due_ = now + paces_.attempt;
    degrade(fmt::format("a proxy is buffering the stream: {}", end.error.text), now);
}

void StreamState::degrade(std::string text, Moment now) {
    if (std::exchange(degraded_, true)) return;
    next_poll_ = now;
    why_degraded_ = std::move(text);
    tell_all(Kind::polling, why_degraded_);
}

std::vector<StreamState::Telling> StreamState::tellings() {
    return std::exchange(tellings_, {});
}

bool StreamState::is_streamed(Member member) const {
    return contains(streamed_, member);
}

void StreamState::note_change(Moment now) {
    if (opened_ && now - *opened_ >= paces_.settled) churn_ = 1;
    if (!changed_first_) changed_first_ = now;
    changed_last_ = now;
}

/// Those whose time has come are members like others.
void StreamState::wake_waiting(Moment now) {
    for (auto& [member, seat] : members_) {
        if (!seat.waits || seat.not_before > now) continue;
        seat.waits = false;
        note_change(now);
    }
}

void StreamState::poll_waiting(Moment now) {
    for (auto& [member, seat] : members_) {
        if (!seat.waits || seat.next_poll > now) continue;
        seat.next_poll = now + paces_.poll;
        if (!polls() && !busy_) tellings_.push_back({member, Kind::sync});
    }
}

StreamState::Moment StreamState::first_waiting() const {
    Moment first = never;
    for (const auto& [member, seat] : members_)
        if (seat.waits) first = std::min({first, seat.not_before, seat.next_poll});
    return first;
}

/// When those who came and went make another stream.
StreamState::Moment StreamState::change_due() const {
    if (!changed_first_) return never;
    return std::min(*changed_last_ + quiet(), *changed_first_ + paces_.unrest * quiet());
}

/// None before the first opening, so that one mailbox alone is served at once.
milliseconds StreamState::quiet() const {
    if (churn_ == 0) return milliseconds(0);
    return std::min(paces_.longest_quiet, paces_.quiet * (1 << std::min(churn_ - 1, 20)));
}

std::vector<StreamState::Member> StreamState::ready() const {
    std::vector<Member> members;
    for (const auto& [member, seat] : members_)
        if (!seat.waits) members.push_back(member);
    return members;
}

bool StreamState::polls() const {
    return degraded_ && !busy_;
}

void StreamState::tell_all(Telling::Kind kind, const std::string& text) {
    for (const auto& [member, seat] : members_) tellings_.push_back({member, kind, text});
}

}  // namespace ews
