#include <gtest/gtest.h>

#include "agent/error.hpp"
#include "ews/response_code.hpp"

namespace {

using agent::errc;

errc reaction(ews::errc code) {
    return agent::from(ews::Error{code, "", "", {}}).code;
}

TEST(FromEws, TextAndBackOffAreKept) {
    const ews::Error busy{
        ews::errc::server_busy, "ErrorServerBusy", "too much", std::chrono::milliseconds(900)};
    const agent::Error expected{
        errc::unreachable, "too much (ErrorServerBusy)", std::chrono::milliseconds(900), true};
    EXPECT_EQ(agent::from(busy), expected);
}

TEST(FromEws, WhatTheServerSaysIsFollowedByWhatAnAdminMustDo) {
    const ews::Error denied{
        ews::errc::impersonation_denied, "ErrorImpersonateUserDenied", "The account may not.", {}};
    const std::string text = agent::from(denied).text;
    EXPECT_TRUE(text.starts_with(
        "The account may not (ErrorImpersonateUserDenied); give the account the right to act for others: "
        "New-ManagementRoleAssignment -Role ApplicationImpersonation"
    )) << text;
    const ews::Error wordless{ews::errc::quota_exceeded, "ErrorQuotaExceeded", "ErrorQuotaExceeded", {}};
    EXPECT_TRUE(agent::from(wordless).text.starts_with("ErrorQuotaExceeded; the mailbox is full: "));
}

TEST(FromEws, WhatOtherPartsSaidStaysAsItIs) {
    const ews::Error untrusted{ews::errc::untrusted, "", "the certificate has expired", {}};
    EXPECT_EQ(agent::from(untrusted).text, "the certificate has expired");
}

TEST(FromEws, EveryRowOfTheTableKeepsItsAdvice) {
    for (const ews::Meaning& row : ews::meanings()) {
        const ews::Error error{row.kind, std::string(row.code), "words", {}};
        EXPECT_TRUE(agent::from(error).text.ends_with(row.advice)) << row.code;
        const bool asks_admin = row.reaction == ews::Reaction::ask_admin;
        EXPECT_EQ(agent::from(error).code == errc::denied, asks_admin) << row.code;
        const bool sets_aside = row.reaction == ews::Reaction::set_aside;
        EXPECT_EQ(agent::from(error).code == errc::permanent, sets_aside) << row.code;
    }
}

TEST(FromEws, BusyIsToldFromWhatWasNotAskedBecauseOfIt) {
    const auto busy = [](ews::errc code, const char* response_code) {
        return agent::from(ews::Error{code, response_code, "", {}}).answered_busy;
    };
    EXPECT_TRUE(busy(ews::errc::server_busy, "ErrorServerBusy"));
    EXPECT_FALSE(busy(ews::errc::server_busy, ""));
    EXPECT_FALSE(busy(ews::errc::unavailable, "ErrorServerBusy"));
    EXPECT_FALSE(busy(ews::errc::unreachable, ""));
}

TEST(FromEws, WhatPassesByItselfIsTriedAgain) {
    using enum ews::errc;
    for (const auto code : {internal_error, conflict, move_failed, not_saved, folder_not_found}) {
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
