#include "ews/stream_groups.hpp"

#include "tests/ews/stream_members.hpp"

namespace {

using namespace std::chrono_literals;
using namespace wire;
using ews::errc;
using StreamGroups = wire::StreamMembers;

ews::StandingSubscription left(const std::string& id) {
    return {{id}};
}

TEST_F(StreamGroups, AMailboxThatLosesItsSubscriptionAgainAndAgainGetsAStreamOfItsOwn) {
    auto paces = quick();
    paces.losses = 1;
    ews::StreamGroups strict(paces);
    std::vector<ews::FolderId> folders{{"F", ""}};
    const auto first = run(strict.join(client(anna), folders)).value();
    const auto second = run(strict.join(client(ben), folders)).value();
    stream_of(2).say(stream_error("ErrorInvalidSubscription", "S2"));
    EXPECT_EQ(error(*second), errc::subscription_lost);
    const auto again = run(strict.join(client(ben), folders)).value();
    EXPECT_EQ(strict.size(), 2U);
    EXPECT_EQ(server.last("Subscribe").anchor, ben);
    EXPECT_EQ(server.last("Subscribe").cookie, "");
}

TEST_F(StreamGroups, LeavingClosesAtOnceAndWaitsForUnsubscribeAShortTimeOnly) {
    const auto member = join(anna);
    const auto line = (stream_of(1), server.lines.back());
    server.deaf.insert("Unsubscribe");
    run_void(member->leave());
    EXPECT_TRUE(line->is_closed);
    EXPECT_EQ(run(member->next()).error().code, errc::cancelled);
    EXPECT_EQ(remembered[anna], (Ids{{"S1"}}));  // it may live on
    EXPECT_EQ(groups.size(), 0U);
}

TEST_F(StreamGroups, LeftoversOfACrashAreUnsubscribedFirst) {
    const std::string there = "X-BackEndOverrideCookie=OLD~1";
    groups.hand_in(anna, {left("OLD1"), {{"OLD2"}, ben, there}});
    const auto member = join(anna);
    ASSERT_EQ(server.count("Unsubscribe"), 2U);
    EXPECT_EQ(server.asked.at(0).operation, "Unsubscribe");
    EXPECT_EQ(server.asked.at(0).anchor, anna);
    EXPECT_EQ(server.asked.at(0).cookie, "");
    EXPECT_EQ(server.asked.at(1).mailbox, anna);
    EXPECT_EQ(server.asked.at(1).anchor, ben);
    EXPECT_EQ(server.asked.at(1).cookie, there);
    EXPECT_EQ(server.asked.at(2).operation, "Subscribe");
    EXPECT_EQ(remembered[anna], (Ids{{"S1"}}));
}

TEST_F(StreamGroups, WhoHasLeftoversWaitsForThemAShortTimeOnlyAndTriesAgainLater) {
    auto paces = quick();
    paces.clear_up = 50ms;
    ews::StreamGroups patient(paces);
    server.deaf.insert("Unsubscribe");
    patient.hand_in(anna, {left("OLD1"), left("OLD2"), left("OLD3")});
    std::vector<ews::FolderId> folders{{"F", ""}};
    auto member = run(patient.join(client(anna), folders)).value();
    EXPECT_EQ(server.count("Unsubscribe"), 1U);
    EXPECT_EQ(server.count("Subscribe"), 1U);
    server.deaf.clear();
    run_void(member->leave());
    member = run(patient.join(client(anna), folders)).value();
    EXPECT_EQ(server.count("Unsubscribe"), 5U);
}

TEST_F(StreamGroups, TooManySubscriptionsAreLeftToExpire) {
    server.subscribe_error = "ErrorExceededSubscriptionCount";
    EXPECT_EQ(refusal(anna).code, errc::too_many_subscriptions);
    EXPECT_EQ(refusal(anna).back_off, 2min);
}

TEST_F(StreamGroups, TwoHundredAreAGroupAndTheNextOneBeginsAnother) {
    std::vector<std::unique_ptr<ews::StreamMember>> members;
    for (int i = 0; i < 201; ++i)
        members.push_back(join("user" + std::to_string(i) + "@us.example"));
    EXPECT_EQ(groups.size(), 2U);
    until([&] {
        std::size_t open = 0;
        for (const auto& line : server.lines) open += line->is_closed ? 0 : 1;
        return open == 2 && server.count("GetStreamingEvents") >= 2;
    });
    EXPECT_EQ(server.last("Subscribe").anchor, "user200@us.example");
}

}  // namespace
