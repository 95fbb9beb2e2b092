#include "agent/read_mail.hpp"

#include <gtest/gtest.h>

#include "mime/attachment.hpp"
#include "tests/agent/story.hpp"

namespace {

TEST(ReadMail, WhatWasReadOutlivesTheCallAndIsCopiedWhole) {
    agent::ReadMail copy;
    {
        const auto read = agent_test::read(agent_test::offer());
        copy = read;
    }
    EXPECT_EQ(*copy.bytes, agent_test::offer());
    EXPECT_EQ(copy.mail.subject, "Offer");
    ASSERT_EQ(copy.message.attachments.size(), 1U);
    EXPECT_EQ(mime::decode(copy.message.attachments[0]), "PDF");
}

TEST(ReadMail, TheItemSaysWhereItLies) {
    const auto read = agent::read_mail(
        agent_test::offer(), {{{"anna@us.example"}}, agent_test::opportunity(), {"Red"}}
    );
    EXPECT_EQ(read.mail.owner.addresses.front(), "anna@us.example");
    EXPECT_EQ(read.mail.role, agent_test::opportunity());
    EXPECT_EQ(read.mail.categories, std::vector<std::string>{"Red"});
}

TEST(ReadMail, WhatIsNoMailSaysWhy) {
    const auto read = agent_test::read("");
    EXPECT_TRUE(read.mail.addressees.empty());
    EXPECT_FALSE(read.message.problems.empty());
}

}  // namespace
