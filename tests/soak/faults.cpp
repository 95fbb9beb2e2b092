#include "tests/soak/faults.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace soak {

using ews::simulator::Fault;
using std::chrono::milliseconds;

namespace {

Fault of_kind(Fault::Kind kind) {
    Fault fault;
    fault.kind = kind;
    return fault;
}

Fault status(unsigned number, milliseconds retry_after = milliseconds(0)) {
    Fault fault = of_kind(Fault::Kind::http_status);
    fault.status = number;
    fault.back_off = retry_after;
    return fault;
}

Fault said(Fault::Kind kind, std::string code, milliseconds back_off = milliseconds(0)) {
    Fault fault = of_kind(kind);
    fault.code = std::move(code);
    fault.back_off = back_off;
    return fault;
}

}  // namespace

Faults::Faults(
    ews::simulator::Simulator& exchange,
    Agenda& agenda,
    std::uint64_t seed,
    bool long_ones,
    const std::filesystem::path& record
)
    : exchange_(exchange), agenda_(agenda), dice_(seed), record_(record), long_ones_(long_ones) {}

milliseconds Faults::between(int least, int most) {
    return milliseconds(least + static_cast<int>(any(static_cast<std::uint64_t>(most - least))));
}

std::string Faults::some_operation() {
    constexpr const char* operations[] = {
        "*", "*", "*", "GetItem", "UpdateItem", "MoveItem", "SyncFolderItems"};
    return operations[any(std::size(operations))];
}

void Faults::note(Trouble trouble, const std::string& name, const std::string& operation) {
    const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    const auto today = now - std::chrono::floor<std::chrono::days>(now);
    record_ << fmt::format("{:%T} {} {}", today, operation, name) << std::endl;
    ++counts_[trouble];
    ++by_name_[name];
}

void Faults::inject(
    Trouble trouble,
    const std::string& name,
    const std::string& operation,
    Fault fault,
    std::size_t times
) {
    note(trouble, name, operation);
    exchange_.inject(operation, std::move(fault), times);
}

/// Of a thousand faults … What nobody has met until now is over: it would all strike at once when
/// the agent comes back from a wait.
void Faults::strike() {
    if (has_ended_) return;
    exchange_.heal();
    if (stream_fault_) exchange_.inject("GetStreamingEvents", *stream_fault_);
    const auto dice = any(1000);
    if (dice < 380) return cut();
    if (dice < 600) return be_busy();
    if (dice < 720) return inject(Trouble::login, "401", some_operation(), status(401));
    if (dice < 728) return lose_subscriptions();
    if (dice < 960) {
        Fault late = of_kind(Kind::late);
        late.back_off = between(500, 4000);
        return inject(Trouble::slow, "late", some_operation(), late, 1 + any(3));
    }
    if (dice < 965 && long_ones_)
        return inject(Trouble::slow, "no answer", some_operation(), of_kind(Kind::black_hole));
    if (dice < 990)
        return inject(Trouble::slow, "other writer", "UpdateItem", of_kind(Kind::touched));
    be_away();
}

void Faults::cut() {
    const std::string operation = some_operation();
    const std::size_t times = 1 + any(3);
    switch (any(4)) {
        case 0:
            return inject(Trouble::cut, "before", operation, of_kind(Kind::drop), times);
        case 1:
            return inject(Trouble::cut, "behind", operation, of_kind(Kind::drop_after), times);
        case 2:
            return inject(Trouble::cut, "within", operation, of_kind(Kind::cut), times);
        default:
            return inject(Trouble::cut, "kept", operation, of_kind(Kind::close_after), times);
    }
}

/// Mostly with a time to wait: without one all requests rest for a minute, or those of a mailbox.
void Faults::be_busy() {
    const std::string operation = some_operation();
    const milliseconds seconds(1000 * (1 + any(2)));
    const auto dice = any(100);
    if (dice < 45) return inject(Trouble::busy, "503 Retry-After", operation, status(503, seconds));
    if (dice < 65) return inject(Trouble::busy, "429 Retry-After", operation, status(429, seconds));
    if (dice < 98 || !long_ones_) {
        Fault told = said(Kind::soap_fault, "ErrorServerBusy", between(300, 2000));
        return inject(Trouble::busy, "ErrorServerBusy, BackOffMilliseconds", operation, told);
    }
    if (dice < 99) return inject(Trouble::busy, "503", operation, status(503));
    inject(
        Trouble::busy, "ErrorServerBusy", operation, said(Kind::response_error, "ErrorServerBusy")
    );
}

/// All of them expire; in a third of the cases because the back end that had them is away.
void Faults::lose_subscriptions() {
    note(Trouble::subscription, "subscriptions lost", "*");
    exchange_.drop_subscriptions();
    if (any(3) != 0) return;
    const Fault moved = said(Kind::soap_fault, "ErrorProxyRequestNotAllowed");
    inject(Trouble::away, "back end away", "GetStreamingEvents", moved);
}

/// Nobody listens for a while.
void Faults::be_away() {
    note(Trouble::away, "server away", "*");
    exchange_.stop();
    agenda_.at(Steady::now() + between(500, 3000), [this] { exchange_.start(); });
}

/// Streams live long: what is planned for a request would seldom meet one.
void Faults::plan_for_stream() {
    if (has_ended_) return;
    const auto dice = any(100);
    const auto tell = [this](const char* name, Fault fault) {
        fault.events = 200 + any(12'000);
        stream_fault_ = fault;
        inject(Trouble::stream, name, "GetStreamingEvents", std::move(fault));
    };
    stream_fault_.reset();
    if (dice < 35) return tell("stream closed", of_kind(Kind::stream_close));
    if (dice < 60) return tell("stream cut", of_kind(Kind::cut));
    if (dice < 65)
        return tell("missed events", said(Kind::stream_error, "ErrorMissedNotificationEvents"));
    if (dice < 70)
        return tell(
            "stream without subscription", said(Kind::stream_error, "ErrorInvalidSubscription")
        );
    if (dice < 80) return tell("events twice", of_kind(Kind::duplicate_events));
    if (dice < 88) return tell("events merged", of_kind(Kind::merge_events));
    if (dice < 92) return tell("stream refused", status(401));
    if (dice < 97) return tell("stream dropped", of_kind(Kind::drop));
    if (dice < 99 || !long_ones_) return tell("stream busy", status(503, milliseconds(2000)));
    tell("stream silent", of_kind(Kind::stream_silence));
}

void Faults::end() {
    has_ended_ = true;
    exchange_.heal();
    exchange_.start();
}

std::uint64_t Faults::count(Trouble trouble) const {
    const auto found = counts_.find(trouble);
    return found == counts_.end() ? 0 : found->second;
}

}  // namespace soak
