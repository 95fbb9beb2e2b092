#include "agent/intake.hpp"

#include <gtest/gtest.h>

namespace {

using agent::ChangedItem;
using agent::FolderProgress;
using namespace std::chrono_literals;

const agent::Time start{1'000'000'500ms};  // half a second past a full one
const FolderProgress at_the_start{"", start, true};
const FolderProgress later{"S", start, false};

rules::Policy policy(bool required) {
    rules::Policy policy;
    policy.category.name = "CRM";
    policy.inbox.enabled = true;
    policy.inbox.required_category = required;
    return policy;
}

const agent::WatchedFolder inbox{"I", "Inbox", {rules::Role::Door::inbox, rules::RecordKind::email, ""}};
const agent::WatchedFolder cases{"C", "- Create New Case", {rules::Role::Door::create_new, rules::RecordKind::case_, ""}};

/// "new" or "new, again" where the item is taken, "" where it is not.
std::string asked(bool required, const ChangedItem& item, const FolderProgress& progress = later) {
    const auto items = asked_for(policy(required), inbox, {item}, progress);
    if (items.empty()) return "";
    return items.at(0).again ? "new, again" : "new";
}

TEST(Intake, EveryMailInADropFolderAsks) {
    const auto items = asked_for(
        policy(true), cases, {{"1", true, {}, {}, {}}, {"2", false, {"Processing Error"}, {}, {}}}, at_the_start
    );
    EXPECT_EQ(items, (std::vector<agent::NewItem>{{"1", false}, {"2", false}}));
}

TEST(Intake, WithARequiredCategoryItsSettingAsksAlsoLater) {
    EXPECT_EQ(asked(true, {"1", true, {"Red", "crm"}, {}, {}}), "new, again");
    EXPECT_EQ(asked(true, {"1", false, {"CRM"}, {}, {}}), "new, again");
    EXPECT_EQ(asked(true, {"1", true, {"Red"}, {}, {}}), "");
    EXPECT_EQ(asked(true, {"1", false, {}, {}, {}}), "");
}

TEST(Intake, WithoutOneWhatIsNewAsksOnce) {
    EXPECT_EQ(asked(false, {"1", true, {}, {}, {}}), "new");
    EXPECT_EQ(asked(false, {"1", false, {}, {}, {}}), "") << "it was read, or flagged";
    EXPECT_EQ(asked(false, {"1", false, {"CRM"}, {}, {}}), "");
}

TEST(Intake, WhatWasProcessedDoesNotAsk) {
    for (const std::string processed :
         {"Processing Complete", "missing required matches", "Processing Error"}) {
        EXPECT_EQ(asked(true, {"1", false, {"CRM", processed}, {}, {}}), "");
        EXPECT_EQ(asked(false, {"1", true, {processed}, {}, {}}), "");
    }
}

TEST(Intake, WhatWasThereBeforeTheFirstStartIsLeftAlone) {
    const auto before = start - 1s, same_second = start - 400ms, after = start + 1s;
    EXPECT_EQ(asked(false, {"1", true, {}, before, after}, at_the_start), "");
    EXPECT_EQ(asked(false, {"1", true, {}, same_second, {}}, at_the_start), "new");
    EXPECT_EQ(asked(false, {"1", true, {}, after, {}}, at_the_start), "new");
    EXPECT_EQ(asked(true, {"1", true, {"CRM"}, before, before}, at_the_start), "");
    EXPECT_EQ(asked(true, {"1", true, {"CRM"}, before, after}, at_the_start), "new, again");
    EXPECT_EQ(asked(false, {"1", true, {}, before, before}), "new") << "dragged into the Inbox";
}

}  // namespace
