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
    EXPECT_EQ(copy.bytes, agent_test::offer());
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

TEST(ReadMail, RulesSeeTheAddressesThatTheServerKnowsAndTheFingerprintStaysThatOfTheBytes) {
    const std::string mail =
        "From: Ann <IMCEAEX-_o=us_cn=ann@us.example>\r\nTo: x@us.example\r\nMessage-ID: <1@a>\r\n\r\n";
    const rules::ItemProperties item{{{"anna@us.example"}}, agent_test::opportunity(), {}};
    const auto unknown = agent::read_mail(mail, item);
    ASSERT_EQ(unknown.mail.addressees.size(), 2U);
    EXPECT_EQ(unknown.mail.addressees[0].key, "");
    EXPECT_EQ(unknown.mail.addressees[0].name, "Ann");
    ASSERT_EQ(unknown.message.problems.size(), 1U);
    EXPECT_EQ(unknown.message.problems[0].where, "server");
    const auto known =
        agent::read_mail(mail, item, {{"", {{"/o=us/cn=ann", "Anna@Us.example"}}}, "made anew"});
    EXPECT_EQ(known.mail.addressees.at(0).key, "anna@us.example");
    EXPECT_EQ(known.mail.direction, rules::Direction::sent);
    EXPECT_EQ(known.message.from.at(0).address, "Anna@Us.example");
    EXPECT_EQ(known.mail.fingerprint, unknown.mail.fingerprint);
    ASSERT_EQ(known.message.problems.size(), 1U);
    EXPECT_EQ(known.message.problems[0].what, "made anew");
}

TEST(ReadMail, AMailFromOutsideStaysThatOfItsStrangerWhateverNameHeHasWrapped) {
    const std::string mail =
        "From: Boss <IMCEAEX-_o=us_cn=boss@attacker.example>\r\nTo: anna@us.example\r\n\r\n";
    const rules::ItemProperties item{{{"anna@us.example"}}, agent_test::opportunity(), {}};
    const auto read =
        agent::read_mail(mail, item, {{"", {{"/o=us/cn=boss", "boss@us.example"}}}, ""});
    EXPECT_EQ(read.message.from.at(0).address, "IMCEAEX-_o=us_cn=boss@attacker.example");
    EXPECT_EQ(read.mail.addressees.at(0).domain, "attacker.example");
    EXPECT_TRUE(read.message.problems.empty());
}

TEST(ReadMail, WhatIsNoMailSaysWhy) {
    const auto read = agent_test::read("");
    EXPECT_TRUE(read.mail.addressees.empty());
    EXPECT_FALSE(read.message.problems.empty());
}

}  // namespace
