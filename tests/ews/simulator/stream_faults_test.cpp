#include "ews/simulator/stream_faults.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

using Kind = Fault::Kind;

std::optional<Fault> fault(Kind kind, std::size_t events = 0) {
    Fault result;
    result.kind = kind;
    result.events = events;
    return result;
}

Event created(std::string id, std::string parent) {
    Event event;
    event.id = std::move(id);
    event.parent = std::move(parent);
    return event;
}

const std::vector<EventBatch> batches{
    {"S", {created("one", "inbox"), created("two", "inbox"), created("three", "drafts")}}};

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

TEST(StreamFaults, StrikeWhenEnoughEventsWereTold) {
    EXPECT_TRUE(is_hit(fault(Kind::stream_close), 0));
    EXPECT_FALSE(is_hit(fault(Kind::stream_silence, 5), 4));
    EXPECT_TRUE(is_hit(fault(Kind::stream_silence, 5), 6));
    EXPECT_FALSE(is_hit(fault(Kind::no_heartbeat), 6));
    EXPECT_FALSE(is_hit({}, 6));
}

TEST(StreamFaults, TellEverythingOnceWhereThereIsNone) {
    const auto texts = tell({}, batches, {"S"});
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(count(texts[0], "<t:CreatedEvent>"), 3U);
}

TEST(StreamFaults, TellEverythingTwice) {
    const auto texts = tell(fault(Kind::duplicate_events), batches, {"S"});
    ASSERT_EQ(texts.size(), 2U);
    EXPECT_EQ(texts[0], texts[1]);
}

TEST(StreamFaults, TellOfEachFolderTheLastEventOnly) {
    const auto text = tell(fault(Kind::merge_events), batches, {"S"}).at(0);
    EXPECT_EQ(count(text, "<t:CreatedEvent>"), 2U);
    EXPECT_FALSE(has(text, R"("one")"));
    EXPECT_TRUE(has(text, R"("two")"));
}

TEST(StreamFaults, TellOfAnItemThatIsNotThere) {
    const auto text = tell(fault(Kind::vanished_events), batches, {"S"}).at(0);
    EXPECT_EQ(count(text, "<t:CreatedEvent>"), 4U);
    EXPECT_TRUE(has(text, R"(<t:ItemId Id="eno")"));
}

TEST(StreamFaults, PutSeveralEnvelopesIntoOneText) {
    const auto texts = tell(fault(Kind::together), batches, {"S"});
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(count(texts[0], "</Envelope>"), 4U);
    EXPECT_EQ(count(texts[0], "<t:StatusEvent"), 1U);
}

StreamPlan plan_of(std::optional<Fault> fault) {
    StreamPlan plan;
    plan.subscriptions = {"S"};
    plan.fault = std::move(fault);
    return plan;
}

TEST(StreamFaults, SayAnErrorWhileTheConnectionIsSaidToBeWell) {
    auto bad = fault(Kind::repeat_error);
    bad->code = "ErrorInvalidSubscription";
    const auto text = say_opened(plan_of(bad), false);
    EXPECT_EQ(codes(text), "ErrorInvalidSubscription");
    EXPECT_TRUE(has(text, "<m:SubscriptionId>S</m:SubscriptionId>"));
    EXPECT_TRUE(has(text, "<m:ConnectionStatus>OK</m:ConnectionStatus>"));
    EXPECT_EQ(say_heartbeat(plan_of(bad), false), text);
}

TEST(StreamFaults, SayOpenedAndClosedAsTheServerDoes) {
    const auto plan = plan_of({});
    EXPECT_FALSE(has(say_opened(plan, false), "m:Notifications"));
    EXPECT_TRUE(has(say_opened(plan, true), "<m:Notifications/><m:ErrorSubscriptionIds/>"));
    EXPECT_EQ(say_closed(plan, false).size(), 1U);
    ASSERT_EQ(say_closed(plan, true).size(), 2U);
    EXPECT_TRUE(has(say_closed(plan, true)[0], "<t:StatusEvent/>"));
}

}  // namespace
