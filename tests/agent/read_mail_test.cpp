#include "agent/read_mail.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "mime/attachment.hpp"
#include "mime/limits.hpp"
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

TEST(ReadMail, FilesAreThoseWithinAContainerAndItsFaultsAreTold) {
    std::ifstream file(MAILFERRY_SOURCE "/samples/mail/winmail-dat.eml", std::ios::binary);
    std::string mail{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto whole = agent_test::read(mail);
    ASSERT_EQ(whole.files.size(), 2U);
    EXPECT_EQ(whole.files[1].filename, "hall 3.pdf");
    EXPECT_EQ(whole.mail.attachments.at(1).filename, "hall 3.pdf");
    EXPECT_NE(whole.mail.text.find("forty conveyor belts"), std::string::npos);
    EXPECT_TRUE(whole.message.problems.empty());
    mail.resize(mail.size() - 600);
    EXPECT_FALSE(agent_test::read(mail).message.problems.empty());
}

TEST(ReadMail, MoreHtmlThanIsShownIsTold) {
    const std::string head = "Subject: x\r\nContent-Type: text/html\r\n\r\n";
    EXPECT_TRUE(agent_test::read(head + "<p>x").message.problems.empty());
    const auto read = agent_test::read(head + std::string(mime::limits::html + 1, 'x'));
    ASSERT_EQ(read.message.problems.size(), 1U);
    EXPECT_EQ(
        read.message.problems[0].what, "more HTML than is shown; the original mail has all of it"
    );
}

TEST(ReadMail, WhatIsNoMailSaysWhy) {
    const auto read = agent_test::read("");
    EXPECT_TRUE(read.mail.addressees.empty());
    EXPECT_FALSE(read.message.problems.empty());
}

}  // namespace
