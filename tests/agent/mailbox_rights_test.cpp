#include "agent/mailbox_rights.hpp"

#include <gtest/gtest.h>

namespace {

using agent::NeededRights;
using Place = NeededRights::Place;

constexpr ews::EffectiveRights everything{true, true, true, true, true};

std::string told(const std::vector<NeededRights>& folders) {
    std::string text;
    for (const std::string& one : agent::missing_rights(folders)) text += one + "\n";
    return text;
}

TEST(MailboxRights, WhoMayDoEverythingMissesNothing) {
    EXPECT_EQ(
        told({{"the mailbox", Place::top, everything},
              {"Inbox", Place::home, everything},
              {"- Create New Email", Place::watched, everything}}),
        ""
    );
}

TEST(MailboxRights, WhatIsMissingIsNamedByFolder) {
    const ews::EffectiveRights reader{true, false, false, false, false};
    EXPECT_EQ(
        told({{"the mailbox", Place::top, reader},
              {"Inbox", Place::home, reader},
              {"- Create New Email", Place::watched, reader}}),
        "in the mailbox: make folders\n"
        "in Inbox: put mails into it, mark mails, take mails out\n"
        "in - Create New Email: mark mails, take mails out\n"
    );
    EXPECT_EQ(told({{"Inbox", Place::home, {{}}}}), "in Inbox: read, put mails into it, mark mails, take mails out\n");
}

TEST(MailboxRights, WhatTheServerDoesNotTellIsNotMissing) {
    EXPECT_EQ(told({{"Inbox", Place::home, std::nullopt}}), "");
}

}  // namespace
