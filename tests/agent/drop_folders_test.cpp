#include "agent/drop_folders.hpp"

#include <gtest/gtest.h>

#include "tests/agent/story.hpp"

namespace {

/// "+ NAME = ROLE" for a folder that is wanted, "- NAME = ROLE" for one that is not.
std::string told(const rules::Policy& policy) {
    std::string text;
    for (const auto& folder : agent::drop_folders(policy)) {
        text +=
            (folder.wanted ? "+ '" : "- '") + folder.name + "' = " + to_text(folder.role) + "\n";
    }
    return text;
}

TEST(DropFolders, ThereIsOneForMailAndOneForEachEnabledModule) {
    auto policy = agent_test::policy();
    policy.modules = {rules::RecordKind::opportunity, rules::RecordKind::quote};
    EXPECT_EQ(
        told(policy),
        "+ '- Create New Email' = create-new/email\n"
        "+ '- Create New Opportunity' = create-new/opportunity\n"
        "- '- Create New Case' = create-new/case\n"
        "- '- Create New Project' = create-new/project\n"
        "+ '- Create New Quote' = create-new/quote\n"
    );
}

TEST(DropFolders, WithoutSmartConvertNoneIsWanted) {
    auto policy = agent_test::policy();
    policy.smart_convert.enabled = false;
    for (const auto& folder : agent::drop_folders(policy))
        EXPECT_FALSE(folder.wanted) << folder.name;
}

}  // namespace
