#include "ews/simulator/subscriptions.hpp"

#include <gtest/gtest.h>

#include "ews/simulator/limits.hpp"
#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

const std::set<EventKind> every_kind{
    EventKind::created,
    EventKind::new_mail,
    EventKind::modified,
    EventKind::moved,
    EventKind::copied,
    EventKind::deleted};

Interest watching(std::set<std::string> folders) {
    return {"agent", "mailbox", folders.empty(), std::move(folders), every_kind};
}

Event moved(std::string from, std::string to) {
    Event event;
    event.kind = EventKind::moved;
    event.id = "new";
    event.parent = std::move(to);
    event.old_id = "old";
    event.old_parent = std::move(from);
    return event;
}

std::size_t waiting(Subscriptions& subscriptions, const std::string& id) {
    const auto batches = subscriptions.take({id});
    return batches->empty() ? 0 : batches->front().second.size();
}

TEST(SimulatorSubscriptions, TellAMoveToThoseWhoWatchEitherFolder) {
    Subscriptions subscriptions;
    const auto source = *subscriptions.add(watching({"inbox"}));
    const auto target = *subscriptions.add(watching({"drafts"}));
    const auto neither = *subscriptions.add(watching({"outbox"}));
    const auto everything = *subscriptions.add(watching({}));
    subscriptions.publish("mailbox", moved("inbox", "drafts"));
    EXPECT_EQ(waiting(subscriptions, source), 1U);
    EXPECT_EQ(waiting(subscriptions, target), 1U);
    EXPECT_EQ(waiting(subscriptions, neither), 0U);
    EXPECT_EQ(waiting(subscriptions, everything), 1U);
}

TEST(SimulatorSubscriptions, KeepEventsUntilTheyAreTakenOnce) {
    Subscriptions subscriptions;
    const auto id = *subscriptions.add(watching({"inbox"}));
    subscriptions.publish("mailbox", moved("inbox", "drafts"));
    subscriptions.publish("mailbox", moved("inbox", "drafts"));
    subscriptions.publish("another mailbox", moved("inbox", "drafts"));
    EXPECT_EQ(waiting(subscriptions, id), 2U);
    EXPECT_EQ(waiting(subscriptions, id), 0U);
}

TEST(SimulatorSubscriptions, RespectTheKindsThatWereAskedFor) {
    Subscriptions subscriptions;
    auto interest = watching({"inbox"});
    interest.kinds = {EventKind::created};
    const auto id = *subscriptions.add(interest);
    subscriptions.publish("mailbox", moved("inbox", "drafts"));
    EXPECT_EQ(waiting(subscriptions, id), 0U);
}

TEST(SimulatorSubscriptions, BelongToTheAccountThatMadeThem) {
    Subscriptions subscriptions;
    const auto id = *subscriptions.add(watching({"inbox"}));
    EXPECT_EQ(subscriptions.unknown("somebody", {id}), std::vector<std::string>{id});
    EXPECT_EQ(subscriptions.remove("somebody", id).error().code, "ErrorSubscriptionAccessDenied");
    EXPECT_TRUE(subscriptions.unknown("agent", {id}).empty());
    EXPECT_TRUE(subscriptions.remove("agent", id).has_value());
    EXPECT_EQ(subscriptions.remove("agent", id).error().code, "ErrorSubscriptionNotFound");
}

TEST(SimulatorSubscriptions, SayThatEventsWereMissedWhenTooManyWait) {
    Subscriptions subscriptions;
    const auto id = *subscriptions.add(watching({"inbox"}));
    for (std::size_t i = 0; i <= limits::pending_events; ++i)
        subscriptions.publish("mailbox", moved("inbox", "drafts"));
    EXPECT_EQ(subscriptions.take({id}).error().code, "ErrorMissedNotificationEvents");
}

TEST(SimulatorSubscriptions, GoToTheNewestStream) {
    Subscriptions subscriptions;
    const auto id = *subscriptions.add(watching({"inbox"}));
    const auto first = subscriptions.attach({id});
    const auto second = subscriptions.attach({id});
    EXPECT_FALSE(subscriptions.is_attached({id}, first));
    EXPECT_TRUE(subscriptions.is_attached({id}, second));
    subscriptions.clear();
    EXPECT_FALSE(subscriptions.is_attached({id}, second));
}

}  // namespace
