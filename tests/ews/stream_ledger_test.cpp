#include "ews/stream_ledger.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using ews::errc;
using Ids = std::vector<ews::SubscriptionId>;
using Standing = std::vector<ews::StandingSubscription>;

ews::StandingSubscription standing(const std::string& id) {
    return {{id}};
}

Ids ids_of(const Standing& list) {
    Ids ids;
    for (const auto& one : list) ids.push_back(one.id);
    return ids;
}

constexpr const char* anna = "anna@us.example";

class StreamLedger : public testing::Test {
protected:
    void lose(errc code, std::chrono::seconds life) {
        const ews::SubscriptionId id{"S"};
        ledger_.subscribed(anna, standing("S"), now_);
        now_ = std::max(now_, ledger_.not_before(anna)) + life;
        ledger_.lost(anna, id, {code, {}, {}, {}}, now_);
    }
    std::chrono::seconds pause() const {
        return std::chrono::duration_cast<std::chrono::seconds>(ledger_.not_before(anna) - now_);
    }

    Ids remembered_;
    ews::StreamLedger ledger_{
        {}, [this](const std::string&, const Standing& all) { remembered_ = ids_of(all); }};
    ews::StreamLedger::Moment now_ = ews::StreamLedger::Moment() + 24h;
};

TEST_F(StreamLedger, TellsWhatLivesAtTheServer) {
    ledger_.hand_in(anna, {standing("old")});
    ledger_.subscribed(anna, standing("new"), now_);
    EXPECT_EQ(remembered_, (Ids{{"old"}, {"new"}}));
    ledger_.given_back(anna, {"old"});
    EXPECT_EQ(remembered_, (Ids{{"new"}}));
    ledger_.given_back(anna, {"new"});
    EXPECT_TRUE(remembered_.empty());
}

TEST_F(StreamLedger, WhatCouldNotBeGivenBackIsALeftover) {
    ledger_.subscribed(anna, standing("S"), now_);
    ledger_.left_behind(anna, {"S"});
    EXPECT_EQ(ids_of(ledger_.leftovers(anna)), (Ids{{"S"}}));
    EXPECT_EQ(remembered_, (Ids{{"S"}}));
}

TEST_F(StreamLedger, ALeftoverStillKnowsItsMailServer) {
    const ews::StandingSubscription one{{"S"}, "ben@us.example", "X-BackEndOverrideCookie=B1"};
    ledger_.subscribed(anna, one, now_);
    ledger_.left_behind(anna, {"S"});
    EXPECT_EQ(ledger_.leftovers(anna), Standing{one});
    ledger_.left_behind(anna, {"S"});
    EXPECT_EQ(ledger_.leftovers(anna).size(), 1U);
}

TEST_F(StreamLedger, KeepsNoMoreLeftoversThanCanMatter) {
    for (int i = 0; i < 100; ++i) ledger_.hand_in(anna, {standing(std::to_string(i))});
    EXPECT_EQ(ledger_.leftovers(anna).size(), 20U);
    EXPECT_EQ(ledger_.leftovers(anna).back().id.id, "99");
}

TEST_F(StreamLedger, ASubscriptionThatTheServerHasLostIsNoLeftover) {
    lose(errc::subscription_lost, 1min);
    EXPECT_TRUE(ledger_.leftovers(anna).empty());
    lose(errc::missed_events, 1min);
    EXPECT_EQ(ids_of(ledger_.leftovers(anna)), (Ids{{"S"}}));
}

TEST_F(StreamLedger, WhoLosesItAgainAndAgainWaitsLongerAndIsAloneAtLast) {
    lose(errc::subscription_lost, 10s);
    EXPECT_EQ(pause(), 0s);
    lose(errc::subscription_lost, 10s);
    EXPECT_EQ(pause(), 5s);
    EXPECT_FALSE(ledger_.is_alone(anna));
    lose(errc::subscription_lost, 10s);
    EXPECT_EQ(pause(), 30s);
    EXPECT_TRUE(ledger_.is_alone(anna));
    EXPECT_FALSE(ledger_.is_alone("ben@us.example"));
}

TEST_F(StreamLedger, WhoKeptItForLongIsForgiven) {
    for (int i = 0; i < 3; ++i) lose(errc::subscription_lost, 10s);
    lose(errc::subscription_lost, 3600s);
    EXPECT_EQ(pause(), 0s);
    EXPECT_FALSE(ledger_.is_alone(anna));
}

TEST_F(StreamLedger, TooManySubscriptionsAreGivenTimeToExpire) {
    const ews::Error crowded{errc::too_many_subscriptions, {}, {}, {}};
    EXPECT_EQ(ledger_.wait_for_expiry(anna, crowded).back_off, 1min);
    EXPECT_EQ(ledger_.wait_for_expiry(anna, crowded).back_off, 2min);
    const ews::Error said{errc::too_many_subscriptions, {}, {}, 7s};
    EXPECT_EQ(ledger_.wait_for_expiry(anna, said).back_off, 7s);
    ledger_.subscribed(anna, standing("S"), now_);
    EXPECT_EQ(ledger_.wait_for_expiry(anna, crowded).back_off, 1min);
}

}  // namespace
