#include "agent/commands/treat.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/archive.hpp"
#include "tests/fakes/directory.hpp"

namespace {

using agent::Treated;
using agent_test::run;
using rules::Verdict;

class TreatTest : public testing::Test {
protected:
    Treated treat(const std::string& mail) {
        const auto read = agent_test::read(mail);
        return run(agent::treat(policy_, read, {directory_, archive_}));
    }

    rules::Policy policy_ = agent_test::policy();
    fakes::Directory directory_;
    fakes::Archive archive_;
};

TEST_F(TreatTest, WhatIsDecidedIsArchived) {
    const Treated treated = treat(agent_test::offer());
    EXPECT_EQ(treated.decision.verdict, Verdict::archive);
    ASSERT_TRUE(treated.archived);
    EXPECT_EQ(treated.archived->created.size(), treated.decision.create.size());
    EXPECT_EQ(archive_.mails.size(), 1U);
}

TEST_F(TreatTest, WhatIsNotToBeArchivedIsNot) {
    const Treated treated = treat(agent_test::internal());
    EXPECT_EQ(treated.decision.verdict, Verdict::skip);
    EXPECT_FALSE(treated.archived);
    EXPECT_EQ(archive_.calls, 0U);
}

TEST_F(TreatTest, AQuestionThatFailsFailsTheMailWithItsReason) {
    directory_.failures[1] = {crm::errc::busy, "come back later", std::nullopt};
    const Treated treated = treat(agent_test::offer());
    EXPECT_EQ(treated.decision.verdict, Verdict::fail);
    EXPECT_EQ(treated.decision.reason, "come back later");
    EXPECT_EQ(archive_.calls, 0U);
}

TEST_F(TreatTest, WhatTheCrmRefusesFailsTheMailWithItsReason) {
    archive_.failures[2] = {crm::errc::refused, "no room", std::nullopt};
    const Treated treated = treat(agent_test::offer());
    EXPECT_EQ(treated.decision.verdict, Verdict::fail);
    EXPECT_EQ(treated.decision.reason, "no room");
    EXPECT_TRUE(treated.decision.create.empty());
    EXPECT_FALSE(treated.archived);
}

TEST_F(TreatTest, AnOverlayKeepsForItselfWhatIsArchived) {
    auto overlay = agent::overlay_above(directory_);
    const auto read = agent_test::read(agent_test::offer());
    const Treated treated = run(agent::treat(policy_, read, {overlay, overlay}));
    ASSERT_TRUE(treated.archived);
    EXPECT_EQ(overlay.created().size(), treated.decision.create.size());
    EXPECT_EQ(overlay.stored().size(), 1U);
    EXPECT_GT(overlay.created().front().created.time_since_epoch().count(), 0);
}

}  // namespace
