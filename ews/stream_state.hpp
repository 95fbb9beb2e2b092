// What the streams of an affinity group do next: when to open one and for whom, when to hang up,
// what each member is told. The state machine of ews/stream_group, without I/O, clock and chance,
// so that its table can be tested.
//
//   gathering  members came or went: a short rest, then opening
//   open       until members come or go, or the server ends it:
//   silent     no heartbeat, or too old: opened anew at once, without alarm
//   closed     by the server: the same; one that does so again and again is given growing pauses
//   faulted    refused or broken: growing waits, members read meanwhile
//   throttled  the server must be left alone: for as long as it says, and not less than the waits
//   withheld   a proxy holds it back: members read, an attempt now and then
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ews/error.hpp"
#include "ews/stream_paces.hpp"
#include "http/retry.hpp"

namespace ews {

/// How a stream ended.
struct StreamEnd {
    enum class Kind {
        closed,    ///< by the server, or it hung up
        silent,    ///< after it had been open
        withheld,  ///< never opened, though the server answers
        failed,    ///< `error`
    };
    Kind kind = Kind::closed;
    Error error = {};
    std::vector<std::uint64_t> refused = {};  ///< members whose subscriptions the error is about
};

class StreamState {
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Member = std::uint64_t;
    static constexpr Moment never = Moment::max();

    enum class Phase {
        idle,
        gathering,
        opening,
        open,
        silent,
        closed,
        faulted,
        throttled,
        withheld
    };

    /// What a member is to be told.
    struct Telling {
        enum class Kind {
            alive,      ///< the stream is open
            sync,       ///< anything may have happened
            polling,    ///< `text`: why there is no stream; said once
            streaming,  ///< that is over
            lost,       ///< out of the group because of `error`; it may join again
        };
        Member member = 0;
        Kind kind = Kind::alive;
        std::string text = {};
        std::optional<Error> error = {};
        bool operator==(const Telling&) const = default;
    };

    struct Step {
        enum class Kind {
            wait,     ///< until `until`, or until something happens
            open,     ///< for `members`; the first is the anchor
            hang_up,  ///< the stream; then tell ended()
            end,      ///< no members, no stream
        };
        Kind kind = Kind::wait;
        Moment until = never;
        std::vector<Member> members = {};
        bool operator==(const Step&) const = default;
    };

    explicit StreamState(StreamPaces paces = {});

    /// A member whose subscription stands. Members are numbered upwards, no number comes twice.
    void join(Member member, Moment now, Moment not_before = Moment::min());
    /// Nothing if it is lost already.
    void leave(Member member, Moment now);
    /// To be asked after every event, and again at `until`.
    Step next(Moment now);
    /// The server listens to us.
    void opened(Moment now);
    /// Of the stream of the last `open`. @param random  in [0, 1)
    void ended(const StreamEnd& end, Moment now, double random);

    /// What is to be told since the last call, in order.
    std::vector<Telling> tellings();
    Phase phase() const { return phase_; }
    bool is_streamed(Member member) const;

private:
    struct Seat {
        Moment joined;
        Moment not_before;   ///< of one that waits for that
        bool waits = false;  ///< and is told to read meanwhile, as who has no stream
        bool was_streamed = false;
        Moment next_poll;
    };

    void note_change(Moment now);
    void wake_waiting(Moment now);
    void poll_waiting(Moment now);
    Moment first_waiting() const;
    Moment change_due() const;
    std::chrono::milliseconds quiet() const;
    std::vector<Member> ready() const;
    bool polls() const;
    void fail(const StreamEnd& end, Moment now, double random);
    void withhold(const StreamEnd& end, Moment now);
    bool lose(const StreamEnd& end);
    void degrade(std::string text, Moment now);
    void tell_all(Telling::Kind kind, const std::string& text = {});

    StreamPaces paces_;
    std::map<Member, Seat> members_;
    std::vector<Member> streamed_;  ///< of the stream there is, or was
    std::vector<Telling> tellings_;
    Phase phase_ = Phase::idle;
    bool has_stream_ = false, hangs_up_ = false, must_hang_up_ = false;
    std::optional<Moment> opened_, changed_first_, changed_last_;
    Moment due_ = Moment::min();  ///< no opening before
    http::BackOff closes_, faults_;
    int churn_ = 0;   ///< openings that followed soon
    int proofs_ = 0;  ///< of a proxy that buffers, in a row
    int faults_in_a_row_ = 0;
    bool degraded_ = false;  ///< members are told that there is no stream, and polled
    std::string why_degraded_;
    bool busy_ = false;  ///< throttled: not even polls
    Moment next_poll_ = never;
};

}  // namespace ews
