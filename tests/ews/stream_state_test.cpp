#include "ews/stream_state.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
using ews::errc;
using ews::StreamEnd;
using ews::StreamState;
using Phase = StreamState::Phase;
using Moment = StreamState::Moment;
using milliseconds = std::chrono::milliseconds;

std::string named(StreamState::Telling::Kind kind) {
    using enum StreamState::Telling::Kind;
    switch (kind) {
        case alive:
            return "alive";
        case sync:
            return "sync";
        case polling:
            return "polling";
        case streaming:
            return "streaming";
        case lost:
            return "lost";
    }
    return "?";
}

/// A clock that the test moves, the state, and both as text.
class Streams : public testing::Test {
protected:
    /// "open 1 2", "hang up", "end", "wait 500 ms", "wait".
    std::string next() {
        using Kind = StreamState::Step::Kind;
        const auto step = state_.next(now_);
        if (step.kind == Kind::end) return "end";
        if (step.kind == Kind::hang_up) return "hang up";
        if (step.kind == Kind::wait && step.until == StreamState::never) return "wait";
        if (step.kind == Kind::wait) {
            const auto rest = std::chrono::ceil<milliseconds>(step.until - now_);
            return "wait " + std::to_string(rest.count()) + " ms";
        }
        std::string text = "open";
        for (const auto member : step.members) text += " " + std::to_string(member);
        return text;
    }
    /// "1 sync, 2 lost", since the last time.
    std::string told() {
        std::string text;
        for (const auto& one : state_.tellings()) {
            if (!text.empty()) text += ", ";
            text += std::to_string(one.member) + " " + named(one.kind);
            last_text_ = one.text;
        }
        return text;
    }
    void join(std::initializer_list<StreamState::Member> members) {
        for (const auto member : members) state_.join(member, now_);
    }
    /// Members are on an open stream, and have lived on it for that long.
    void stream(std::initializer_list<StreamState::Member> members, milliseconds life = 1min) {
        join(members);
        ASSERT_EQ(next().substr(0, 4), "open");
        state_.opened(now_);
        ASSERT_EQ(next(), "wait");
        told();
        now_ += life;
    }
    void end(StreamEnd::Kind kind) {
        state_.ended({kind, {errc::timeout, {}, "x", {}}}, now_, 0.5);
    }
    void fail(
        errc code,
        std::vector<StreamState::Member> refused = {},
        std::optional<milliseconds> back_off = std::nullopt
    ) {
        const ews::Error error{code, {}, "broken", back_off};
        state_.ended({StreamEnd::Kind::failed, error, std::move(refused)}, now_, 0.5);
    }
    /// Fails the opening that is due, and goes to the next one: how long that took.
    milliseconds fail_opening(errc code) {
        fail(code);
        const auto before = now_;
        while (!next().starts_with("open")) now_ += 100ms;
        return std::chrono::duration_cast<milliseconds>(now_ - before);
    }

    Moment now_ = Moment() + 24h;
    StreamState state_;
    std::string last_text_;
};

TEST_F(Streams, NobodyNeedsNone) {
    EXPECT_EQ(next(), "end");
    EXPECT_EQ(state_.phase(), Phase::idle);
}

TEST_F(Streams, TheFirstMemberIsStreamedAtOnce) {
    join({1});
    EXPECT_EQ(next(), "open 1");
    EXPECT_EQ(state_.phase(), Phase::opening);
    state_.opened(now_);
    EXPECT_EQ(state_.phase(), Phase::open);
    EXPECT_EQ(told(), "1 alive");  // it has just read its folders
    EXPECT_EQ(next(), "wait");
}

TEST_F(Streams, WhoWaitedForTheOpeningReadsOnceMore) {
    join({1});
    next();
    now_ += 2s;
    state_.opened(now_);
    EXPECT_EQ(told(), "1 sync");
}

TEST_F(Streams, WhoComesLaterIsTakenInAfterAShortRest) {
    stream({1});
    join({2});
    EXPECT_EQ(next(), "wait 50 ms");  // the old stream goes on meanwhile
    now_ += 50ms;
    EXPECT_EQ(next(), "hang up");
    EXPECT_EQ(next(), "wait");
    fail(errc::cancelled);
    EXPECT_EQ(next(), "open 1 2");
    state_.opened(now_);
    EXPECT_EQ(told(), "1 sync, 2 alive");  // for 1 there was a gap
}

TEST_F(Streams, AHundredWhoComeOneAfterTheOtherAreAFewOpenings) {
    int openings = 0;
    for (StreamState::Member member = 1; member <= 100; ++member) {
        state_.join(member, now_);
        for (int i = 0; i < 4; ++i) {
            std::string step = next();
            if (step == "hang up") {
                fail(errc::cancelled);
                step = next();
            }
            if (step.starts_with("open")) {
                ++openings;
                state_.opened(now_);
            }
            now_ += 25ms;
        }
    }
    EXPECT_LE(openings, 8);
    for (int i = 0; i < 400 && !state_.is_streamed(100); ++i, now_ += 100ms)
        if (next() == "hang up") fail(errc::cancelled);
    EXPECT_TRUE(state_.is_streamed(100));
}

TEST_F(Streams, WhoLeavesEndsTheStreamAtOnceAndTheOthersGetAnotherOne) {
    stream({1, 2, 3});
    state_.leave(1, now_);
    EXPECT_EQ(next(), "hang up");
    fail(errc::cancelled);
    EXPECT_EQ(next(), "wait 50 ms");
    now_ += 50ms;
    EXPECT_EQ(next(), "open 2 3");
    state_.opened(now_);
    EXPECT_EQ(told(), "2 sync, 3 sync");
}

TEST_F(Streams, WhenTheLastOneLeavesThatIsTheEnd) {
    stream({1});
    state_.leave(1, now_);
    EXPECT_EQ(next(), "hang up");
    EXPECT_EQ(next(), "wait");
    fail(errc::cancelled);
    EXPECT_EQ(next(), "end");
    join({2});
    EXPECT_EQ(next(), "open 2");
}

TEST_F(Streams, SilenceIsAReconnectWithoutAnyWord) {
    stream({1});
    end(StreamEnd::Kind::silent);
    EXPECT_EQ(state_.phase(), Phase::silent);
    EXPECT_EQ(told(), "");
    EXPECT_EQ(next(), "open 1");
    state_.opened(now_);
    EXPECT_EQ(told(), "1 sync");
}

TEST_F(Streams, AClosedOneIsOpenedAnewAtOnceAndThenThereWasAGap) {
    stream({1, 2});
    end(StreamEnd::Kind::closed);
    EXPECT_EQ(state_.phase(), Phase::closed);
    EXPECT_EQ(next(), "open 1 2");
    state_.opened(now_);
    EXPECT_EQ(told(), "1 sync, 2 sync");
}

TEST_F(Streams, AServerThatClosesAgainAndAgainIsGivenPauses) {
    stream({1});
    for (const char* expected : {"open 1", "wait 500 ms", "wait 2000 ms", "wait 5000 ms"}) {
        end(StreamEnd::Kind::closed);
        EXPECT_EQ(next(), expected);
        now_ += 5s;
        next();
        state_.opened(now_);
        EXPECT_EQ(state_.phase(), Phase::open);
        now_ += 1s;
    }
    now_ += 1min;  // but then it kept one open
    end(StreamEnd::Kind::closed);
    EXPECT_EQ(next(), "open 1");
}

TEST_F(Streams, OneThatIsClosedBeforeItOpensIsAFault) {
    join({1});
    next();
    end(StreamEnd::Kind::closed);
    EXPECT_EQ(state_.phase(), Phase::faulted);
}

TEST_F(Streams, AFaultThatRepeatsBacksOffAndMembersReadMeanwhile) {
    stream({1, 2});
    fail(errc::gateway);
    EXPECT_EQ(state_.phase(), Phase::faulted);
    EXPECT_EQ(told(), "1 sync, 2 sync");
    EXPECT_EQ(next(), "wait 1000 ms");
    now_ += 1s;
    EXPECT_EQ(next(), "open 1 2");
    EXPECT_EQ(fail_opening(errc::gateway), 2s);
    EXPECT_EQ(fail_opening(errc::gateway), 5s);
    EXPECT_EQ(told(), "1 sync, 2 sync, 1 sync, 2 sync");
}

TEST_F(Streams, AFaultThatStaysIsToldOnceAndMembersArePolled) {
    stream({1});
    fail(errc::gateway);
    while (!next().starts_with("open")) now_ += 100ms;
    for (int i = 0; i < 3; ++i) fail_opening(errc::gateway);
    told();
    EXPECT_EQ(fail_opening(errc::gateway), 60s);
    EXPECT_EQ(told(), "1 polling, 1 sync, 1 sync, 1 sync");  // at once, and each 30 s
    fail_opening(errc::gateway);
    EXPECT_EQ(told(), "1 sync, 1 sync");
    state_.opened(now_);
    EXPECT_EQ(told(), "1 streaming, 1 sync");
    EXPECT_EQ(next(), "wait");
}

TEST_F(Streams, AWrongPasswordIsTriedOnceAMinute) {
    stream({1});
    fail(errc::unauthorised);
    EXPECT_EQ(next(), "wait 60000 ms");
}

TEST_F(Streams, AThrottledServerIsLeftAloneForAsLongAsItSays) {
    stream({1});
    fail(errc::server_busy, {}, 300s);
    EXPECT_EQ(state_.phase(), Phase::throttled);
    EXPECT_EQ(told(), "");  // reading would prolong it
    EXPECT_EQ(next(), "wait 330000 ms");
    join({2});  // who comes does not shorten it
    EXPECT_EQ(next(), "wait 330000 ms");
    now_ += 330s;
    EXPECT_EQ(next(), "open 1 2");
}

TEST_F(Streams, AThrottledServerThatSaysNoTimeIsLeftAloneForAMinute) {
    stream({1});
    fail(errc::server_busy);
    EXPECT_EQ(next(), "wait 66000 ms");
}

TEST_F(Streams, TooManyStreamsIsNoReasonNotToRead) {
    stream({1});
    fail(errc::too_many_connections);
    EXPECT_EQ(state_.phase(), Phase::throttled);
    EXPECT_EQ(told(), "1 sync");
}

TEST_F(Streams, TooManyStreamsTwiceInARowIsToldOnceAndMembersArePolled) {
    stream({1});
    fail(errc::too_many_connections);
    while (!next().starts_with("open")) now_ += 100ms;
    told();
    fail(errc::too_many_connections);
    EXPECT_EQ(told(), "1 polling");
    EXPECT_EQ(last_text_, "the server allows no further event stream: broken");
    while (!next().starts_with("open")) now_ += 100ms;
    fail_opening(errc::too_many_connections);
    EXPECT_EQ(told().find("polling"), std::string::npos);
    state_.opened(now_);
    EXPECT_EQ(told(), "1 streaming, 1 sync");
}

TEST_F(Streams, ABadSubscriptionAmongManyConcernsItsMemberOnly) {
    stream({1, 2, 3});
    fail(errc::subscription_lost, {2});
    EXPECT_EQ(told(), "2 lost");
    EXPECT_EQ(next(), "open 1 3");
}

TEST_F(Streams, ALostSubscriptionOfWhichTheServerSaysNoMoreConcernsAll) {
    stream({1, 2});
    fail(errc::missed_events);
    EXPECT_EQ(told(), "1 lost, 2 lost");
    EXPECT_EQ(next(), "end");
}

TEST_F(Streams, WhereTheAnchorIsRefusedTheNextMemberIsTheAnchor) {
    stream({1, 2, 3});
    fail(errc::no_such_mailbox);
    EXPECT_EQ(told(), "1 lost");
    EXPECT_EQ(next(), "open 2 3");
    fail(errc::access_denied);
    EXPECT_EQ(told(), "2 lost");
    EXPECT_EQ(next(), "wait 500 ms");  // a row of them is no reason to spin
}

TEST_F(Streams, WhoHasToWaitIsStreamedWhenItsTimeHasCome) {
    stream({1});
    state_.join(2, now_, now_ + 30s);
    EXPECT_EQ(next(), "wait 30000 ms");
    now_ += 30s;
    EXPECT_EQ(next(), "wait 50 ms");
    now_ += 50ms;
    EXPECT_EQ(next(), "hang up");
    fail(errc::cancelled);
    EXPECT_EQ(next(), "open 1 2");
    state_.opened(now_);
    EXPECT_EQ(told(), "1 sync, 2 sync");
}

TEST_F(Streams, WhoHasToWaitIsToldToReadMeanwhile) {
    stream({1});
    state_.join(2, now_, now_ + 10min);
    EXPECT_EQ(next(), "wait 30000 ms");
    EXPECT_EQ(told(), "");
    now_ += 30s;
    EXPECT_EQ(next(), "wait 30000 ms");
    EXPECT_EQ(told(), "2 sync");
    now_ += 10min;
    EXPECT_EQ(next(), "wait 50 ms");
    EXPECT_EQ(told(), "");
}

TEST_F(Streams, TwoOpeningsThatAreWithheldInARowAreAProxy) {
    stream({1, 2});
    end(StreamEnd::Kind::withheld);
    EXPECT_EQ(told(), "");
    EXPECT_EQ(next(), "open 1 2");
    end(StreamEnd::Kind::withheld);
    EXPECT_EQ(state_.phase(), Phase::withheld);
    EXPECT_EQ(told(), "1 polling, 2 polling");
    EXPECT_EQ(last_text_, "a proxy is buffering the stream: x");
    EXPECT_EQ(next(), "wait 30000 ms");
    EXPECT_EQ(told(), "1 sync, 2 sync");
    now_ += 30s;
    EXPECT_EQ(next(), "wait 30000 ms");
    EXPECT_EQ(told(), "1 sync, 2 sync");
    join({3});
    EXPECT_EQ(told(), "3 polling");
}

TEST_F(Streams, BehindAProxyAnAttemptIsMadeEveryQuarterOfAnHourAndMembersArePolledMeanwhile) {
    stream({1});
    end(StreamEnd::Kind::withheld);
    next();
    end(StreamEnd::Kind::withheld);
    told();
    const auto begun = now_;
    while (!next().starts_with("open")) now_ += 1s;
    EXPECT_EQ(now_ - begun, 15min);
    told();
    now_ += 30s;
    EXPECT_EQ(next(), "wait 30000 ms");
    EXPECT_EQ(told(), "1 sync");
    end(StreamEnd::Kind::withheld);
    EXPECT_EQ(told(), "");  // nothing new
    now_ += 15min;
    next();
    next();
    told();
    state_.opened(now_);
    EXPECT_EQ(told(), "1 streaming, 1 sync");
    EXPECT_EQ(next(), "wait");
}

TEST_F(Streams, OneOpeningThatIsWithheldProvesNothing) {
    stream({1});
    for (int i = 0; i < 5; ++i) {
        end(StreamEnd::Kind::withheld);
        EXPECT_EQ(next(), "open 1");
        state_.opened(now_);
    }
    EXPECT_EQ(told().find("polling"), std::string::npos);
}

}  // namespace
