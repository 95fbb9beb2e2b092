// Error notices end to end: mails of a user fail for good, and the admins have one mail about it in
// their Inbox. The whole agent, the simulator and the embedded CRM in one process. Every case of
// when a notice is due: tests/agent/alarms_test.cpp.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/agent/live.hpp"
#include "tests/fakes/smtp_server.hpp"

namespace {

using agent::State;
using live::anna;
using live::Live;
using live::mail;

constexpr const char* first_admin = "admin1@us.example";
constexpr const char* second_admin = "admin2@us.example";
constexpr const char* sender = "ferry-notices@us.example";
const std::string five_errors = "Mailferry: 5 errors in the mailbox anna@us.example";
const std::string no_errors = "Mailferry: no errors left in the mailbox anna@us.example";

/// Mail from an address that several contacts have fails for good, and two admins want to know.
class NoticesLife : public testing::Test {
protected:
    NoticesLife() {
        for (const char* mailbox : {first_admin, second_admin})
            agent_.exchange.add_mailbox(mailbox);
        agent_.change_policy("<smart-convert ", "<smart-convert several-contacts=\"error\" ");
    }

    void start(const std::string& notices, const std::string& error_notices) {
        agent_.add_to_policy(error_notices);
        agent_.change_config("  <policy ", "  " + notices + "\n  <policy ");
        agent_.start();
        agent_.listen();
    }

    void fail(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            agent_.drop(mail(live::shared_address, "chairs-" + std::to_string(++mails_)));
        }
        agent_.pump([this] { return agent_.logged("warning failed") == mails_; });
    }

    std::vector<std::string> subjects(
        const std::string& mailbox, const std::string& folder = "inbox"
    ) const {
        std::vector<std::string> list;
        for (const auto& item : agent_.exchange.items(mailbox, folder))
            list.push_back(item.subject);
        return list;
    }
    bool both_have(std::size_t count) const {
        return subjects(first_admin).size() == count && subjects(second_admin).size() == count;
    }

    Live agent_;
    std::size_t mails_ = 0;
};

const std::string both_admins =
    "<error-notices><to>admin1@us.example</to><to>admin2@us.example</to></error-notices>";
const std::string by_exchange =
    "<notices exchange=\"simulator\" mailbox=\"ferry-notices@us.example\"/>";
using Subjects = std::vector<std::string>;

// G1.6: the fifth error is told to each admin once, the sixth is not, and recovery is told once.
TEST_F(NoticesLife, EachAdminHasOneMailOfFiveErrorsNoneOfTheSixthAndOneOfTheRecovery) {
    agent_.exchange.add_mailbox(sender);
    start(by_exchange, both_admins);
    fail(4);
    agent_.seconds_pass();
    EXPECT_TRUE(both_have(0));
    fail(1);
    agent_.pump([this] { return both_have(1); });
    fail(1);
    agent_.seconds_pass();
    EXPECT_EQ(subjects(first_admin), Subjects{five_errors});
    EXPECT_EQ(subjects(second_admin), Subjects{five_errors});
    EXPECT_EQ(subjects(sender, "sentitems"), (Subjects{five_errors, five_errors}));
    EXPECT_EQ(agent_.carrying("Processing Error", live::emails), 6U);

    ASSERT_EQ(agent_.admin({"queue", "skip", "1", "2", "3"}).exit, 0);
    agent_.change_policy("several-contacts=\"error\"", "several-contacts=\"one\"");
    agent_.service->reload();
    agent_.pump([this] { return agent_.listening(anna) == 2; });
    agent_.seconds_pass();
    EXPECT_TRUE(both_have(1)) << "three are outstanding still";
    ASSERT_EQ(agent_.admin({"queue", "retry", "4", "5", "6"}).exit, 0);
    agent_.pump([this] { return both_have(2); });
    agent_.seconds_pass();
    EXPECT_EQ(subjects(first_admin), (Subjects{five_errors, no_errors}));
    EXPECT_EQ(subjects(second_admin), (Subjects{five_errors, no_errors}));
    EXPECT_EQ(agent_.mails().size(), 3U);
}

// G1.6: the notice names the mails by the job of each, and commands that work as they stand there.
TEST_F(NoticesLife, TheNoticeNamesEachMailAndItsCommandsNameTheConfiguration) {
    agent_.exchange.add_mailbox(sender);
    start(by_exchange, both_admins);
    fail(5);
    agent_.pump([this] { return both_have(1); });
    const std::string text = agent_.exchange.items(first_admin, "inbox").front().mime;
    EXPECT_NE(text.find("X-Mailferry-Notice: "), std::string::npos) << text;
    const std::string plain = [&] {  // quoted-printable may break lines
        std::string joined = text;
        for (auto at = joined.find("=\r\n"); at != std::string::npos; at = joined.find("=\r\n"))
            joined.erase(at, 3);
        return joined;
    }();
    for (int job = 1; job <= 5; ++job) {
        const std::string entry = fmt::format("job {0}, create-new/email: chairs-{0}", job);
        EXPECT_NE(plain.find(entry), std::string::npos) << entry << " is not in: " << plain;
    }
    EXPECT_NE(plain.find(agent_.config_file().string()), std::string::npos) << plain;
}

// G1.6: a restart between the errors and their end tells nothing twice.
TEST_F(NoticesLife, ARestartTellsNothingTwice) {
    agent_.exchange.add_mailbox(sender);
    start(by_exchange, both_admins);
    fail(5);
    agent_.pump([this] { return both_have(1); });
    agent_.stop();
    agent_.start();
    agent_.pump([this] { return agent_.listening(anna) == 2; });
    agent_.seconds_pass();
    EXPECT_TRUE(both_have(1));
}

// G1.6: EWS fails, SMTP is configured.
TEST_F(NoticesLife, WhereTheMailboxOfTheNoticesFailsTheyGoBySmtp) {
    const fakes::SmtpServer smtp;
    start(
        fmt::format(
            "<notices exchange=\"simulator\" mailbox=\"{}\">"
            "<smtp host=\"127.0.0.1\" port=\"{}\" security=\"none\" "
            "from=\"ferry@us.example\"/></notices>",
            sender,  // which Exchange does not have
            smtp.port()
        ),
        both_admins
    );
    fail(5);
    agent_.pump([&] { return smtp.mails().size() == 2; });
    agent_.seconds_pass();
    ASSERT_EQ(smtp.mails().size(), 2U);
    std::vector<std::string> to;
    for (const fakes::SmtpMail& one : smtp.mails()) {
        EXPECT_EQ(one.from, "ferry@us.example");
        EXPECT_NE(one.data.find("Subject: " + five_errors + "\r\n"), std::string::npos) << one.data;
        to.insert(to.end(), one.to.begin(), one.to.end());
    }
    std::ranges::sort(to);
    EXPECT_EQ(to, (std::vector<std::string>{first_admin, second_admin}));
    EXPECT_TRUE(both_have(0));
    EXPECT_EQ(agent_.logged("info told"), 2U);
}

// G1.6: an admin's own Inbox is captured whole; the notice in it is not archived.
TEST_F(NoticesLife, ANoticeThatDropsIntoACapturedInboxIsNotArchived) {
    agent_.exchange.add_mailbox(sender);
    agent_.change_policy(
        "<inbox enabled=\"true\" ",
        "<inbox enabled=\"true\" required-category=\"false\" must-match=\"false\" "
    );
    start(by_exchange, "<error-notices threshold=\"1\"><to>anna@us.example</to></error-notices>");
    fail(1);
    agent_.await_log("info told to=anna@us.example");
    agent_.await_log("info left-alone mailbox=anna@us.example role=inbox");
    const std::string left = agent_.line("info left-alone");
    EXPECT_NE(
        left.find("subject=\"Mailferry: 1 error in the mailbox anna@us.example\""),
        std::string::npos
    ) << left;
    agent_.exchange.deliver(anna, "inbox", mail("stranger@elsewhere.example", "any-other"));
    agent_.await_log("info filed");
    agent_.settle();
    ASSERT_EQ(agent_.mails().size(), 1U) << "the other mail of that Inbox, and not the notice";
    EXPECT_EQ(agent_.mails().front().subject, "any-other");
    for (const auto& item : agent_.exchange.items(anna, "inbox")) {
        EXPECT_EQ(item.categories.empty(), item.subject != "any-other") << item.subject;
    }
}

}  // namespace
