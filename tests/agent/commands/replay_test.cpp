// `mailferry replay`: stored mail through the whole pipeline, dry unless --apply.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/agent/commands/sample_crm.hpp"

namespace {

using command_line::lines;
using command_line::Ran;
using command_line::sample_mail;
namespace json = boost::json;

/// From somebody whom the CRM does not know.
std::string stranger(const std::string& number) {
    return "From: Iris Moor <iris@moor.example>\nTo: Anna <anna@us.example>\nSubject: Enquiry " +
           number + "\nDate: Mon, 23 Nov 2026 09:00:00 +0000\nMessage-ID: <" + number +
           "@moor.example>\n\nHow much is it?\n";
}

class ReplayCommand : public command_line::SampleCrm {
protected:
    ReplayCommand() {
        std::filesystem::create_directory(file("mails"));
        write("mails/1.eml", stranger("1"));
        write("mails/2.eml", stranger("2"));
    }

    Ran replay(std::vector<std::string> more) const {
        more.insert(more.begin(), {"--mailbox", "anna@us.example"});
        return with_policy("replay", more);
    }

    /// How the sender of each mail fared.
    static std::vector<std::string> senders(const Ran& ran) {
        std::vector<std::string> result;
        for (const std::string& line : lines(ran.out)) {
            const json::value outcome = json::parse(line).at("addressees").at(0).at("outcome");
            result.emplace_back(outcome.as_string());
        }
        return result;
    }

    std::string listed(const std::string& kind) const {
        return command_line::run({"crm", "list", url(), kind, "--json"}).out;
    }
};

using Texts = std::vector<std::string>;

TEST_F(ReplayCommand, ALineForEachMailAndASummary) {
    const Ran ran = replay({file("mails"), sample_mail("colleague-only")});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.err, "");
    const Texts told = lines(ran.out);
    ASSERT_EQ(told.size(), 4U) << ran.out;
    EXPECT_EQ(told[0], "archive  1.eml  linked to 2 people, 1 of them new");
    EXPECT_EQ(told[1], "archive  2.eml  linked to 2 people");
    EXPECT_TRUE(told[2].starts_with("skip     colleague-only.eml  ")) << told[2];
    EXPECT_EQ(told[3], "3 messages, 2 archive, 1 skip; nothing was written (use --apply)");
}

TEST_F(ReplayCommand, ADryRunWritesNothing) {
    const std::string before = content();
    EXPECT_EQ(replay({file("mails")}).exit, 0);
    EXPECT_EQ(content(), before);
}

TEST_F(ReplayCommand, ADryRunRemembersWhomItWouldHaveCreated) {
    const Ran ran = replay({"--json", file("mails")});
    EXPECT_EQ(senders(ran), (Texts{"create-contact", "contact"}));
}

TEST_F(ReplayCommand, ApplyWritesWhatTheDryRunSaid) {
    const Ran dry = replay({"--json", file("mails")});
    const Ran ran = replay({"--json", "--apply", file("mails")});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(senders(ran), senders(dry));
    EXPECT_TRUE(json::parse(lines(ran.out)[0]).at("applied").as_bool());
    EXPECT_FALSE(json::parse(lines(dry.out)[0]).at("applied").as_bool());
    EXPECT_EQ(lines(listed("email")).size(), 2U);
    const std::string contacts = listed("contact");
    const auto first = contacts.find("iris@moor.example");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(contacts.find("\"name\":\"Iris Moor\"", first), std::string::npos) << contacts;
}

TEST_F(ReplayCommand, WhatIsNotArchivedIsNotInTheCrm) {
    const Ran ran = replay({"--json", sample_mail("colleague-only")});
    EXPECT_TRUE(json::parse(lines(ran.out)[0]).at("archived").is_null());
}

TEST_F(ReplayCommand, ApplyingTheSameMailsAgainAddsNothing) {
    replay({"--apply", file("mails")});
    const std::size_t records = lines(content()).size();
    EXPECT_EQ(replay({"--apply", file("mails")}).exit, 0);
    EXPECT_EQ(lines(content()).size(), records);
}

TEST_F(ReplayCommand, ADryRunSeesWhatTheCrmHasAlready) {
    const Texts roles{"--folder", "create-new/opportunity", file("mails/1.eml")};
    replay({"--apply", roles[0], roles[1], roles[2]});
    const Ran dry = replay(roles);
    EXPECT_NE(dry.out.find("already"), std::string::npos) << dry.out;
    EXPECT_EQ(dry.out.find("one new opportunity"), std::string::npos) << dry.out;
    const Ran told = replay({"--json", roles[0], roles[1], roles[2]});
    const json::value archived = json::parse(lines(told.out)[0]).at("archived");
    EXPECT_TRUE(archived.at("existed").as_bool());
    for (const json::value& created : archived.at("created").as_array()) {
        EXPECT_TRUE(created.at("existed").as_bool()) << created;
    }
}

TEST_F(ReplayCommand, ReadsAnMboxMailByMail) {
    const std::string from = "From iris@moor.example Mon Nov 23 09:00:00 2026\n";
    const std::string mbox = write("all.mbox", from + stranger("1") + "\n" + from + stranger("2"));
    const Ran ran = replay({"--json", mbox});
    ASSERT_EQ(lines(ran.out).size(), 2U) << ran.out;
    EXPECT_EQ(json::parse(lines(ran.out)[0]).at("file").as_string(), mbox + ":1");
    EXPECT_EQ(json::parse(lines(ran.out)[1]).at("subject").as_string(), "Enquiry 2");
    EXPECT_EQ(senders(ran), (Texts{"create-contact", "contact"}));
}

TEST_F(ReplayCommand, APathThatCannotBeReadDoesNotStopTheOthers) {
    const Ran ran = replay({file("missing.eml"), file("mails")});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(ran.err, "mailferry: " + file("missing.eml") + ": No such file or directory\n");
    ASSERT_EQ(lines(ran.out).size(), 3U) << ran.out;
    EXPECT_EQ(
        lines(ran.out)[2], "2 messages, 2 archive, 1 unreadable; nothing was written (use --apply)"
    );
}

TEST_F(ReplayCommand, JsonIsNothingButObjectsAndTheSummaryGoesElsewhere) {
    const Ran ran = replay({"--json", file("mails")});
    EXPECT_EQ(ran.exit, 0);
    ASSERT_EQ(lines(ran.out).size(), 2U) << ran.out;
    for (const std::string& line : lines(ran.out))
        EXPECT_TRUE(json::parse(line).is_object()) << line;
    EXPECT_EQ(ran.err, "2 messages, 2 archive; nothing was written (use --apply)\n");
}

TEST_F(ReplayCommand, ACrmThatIsMissingIsUnreachableEvenToApply) {
    const Ran ran = command_line::run(
        {"replay",
         "--policy",
         policy(),
         "--crm",
         "sqlite:" + file("none"),
         "--apply",
         file("mails")}
    );
    EXPECT_EQ(ran.exit, 3);
    EXPECT_FALSE(std::filesystem::exists(file("none")));
}

TEST_F(ReplayCommand, ACategoryIsOneWordAndWhatFollowsAreMails) {
    const Ran ran = with_policy(
        "replay",
        {"--folder", "inbox", "--category", "Company CRM", sample_mail("lead-writes"), sample_mail("signed")}
    );
    EXPECT_NE(ran.out.find("2 messages"), std::string::npos) << ran.out << ran.err;
}

}  // namespace
