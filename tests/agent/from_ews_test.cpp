#include <gtest/gtest.h>

#include "agent/error.hpp"

namespace {

using agent::errc;

errc reaction(ews::errc code) {
    return agent::from(ews::Error{code, "", "", {}}).code;
}

TEST(FromEws, TextAndBackOffAreKept) {
    const ews::Error busy{
        ews::errc::server_busy, "ErrorServerBusy", "too much", std::chrono::milliseconds(900)};
    const agent::Error expected{errc::unreachable, "too much", std::chrono::milliseconds(900)};
    EXPECT_EQ(agent::from(busy), expected);
}

TEST(FromEws, WhatPassesByItselfIsTriedAgain) {
    using enum ews::errc;
    for (const auto code : {internal_error, conflict, move_failed, folder_not_found}) {
        EXPECT_EQ(reaction(code), errc::transient) << static_cast<int>(code);
    }
}

TEST(FromEws, WhatConcernsTheServerIsNoFaultOfTheMail) {
    using enum ews::errc;
    for (const auto code : {unreachable, timeout, server_busy, gateway, server_trouble, quota_exceeded}) {
        EXPECT_EQ(reaction(code), errc::unreachable) << static_cast<int>(code);
    }
}

TEST(FromEws, WhatAnAdminMustMendIsDenied) {
    using enum ews::errc;
    for (const auto code : {unauthorised, untrusted, impersonation_denied, no_such_mailbox}) {
        EXPECT_EQ(reaction(code), errc::denied) << static_cast<int>(code);
    }
}

TEST(FromEws, WhatWillNeverSucceedIsPermanent) {
    using enum ews::errc;
    for (const auto code : {corrupt, item_too_large, invalid_request, other}) {
        EXPECT_EQ(reaction(code), errc::permanent) << static_cast<int>(code);
    }
}

TEST(FromEws, EveryLossHasItsOwnWayBack) {
    EXPECT_EQ(reaction(ews::errc::item_not_found), errc::gone);
    EXPECT_EQ(reaction(ews::errc::invalid_sync_state), errc::sync_state_lost);
    EXPECT_EQ(reaction(ews::errc::subscription_lost), errc::subscription_lost);
    EXPECT_EQ(reaction(ews::errc::missed_events), errc::subscription_lost);
    EXPECT_EQ(reaction(ews::errc::cancelled), errc::cancelled);
}

}  // namespace
