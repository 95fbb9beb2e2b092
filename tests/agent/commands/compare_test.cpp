// `mailferry compare`: the messages whose outcome changes between two policies, and how.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <set>

#include "tests/agent/commands/sample_crm.hpp"

namespace {

using command_line::lines;
using command_line::Ran;
using command_line::sample_mail;
using Texts = std::vector<std::string>;
namespace json = boost::json;

/// From somebody whom the CRM does not know.
std::string stranger(const std::string& number) {
    return "From: Iris Moor <iris@moor.example>\nTo: Anna <anna@us.example>\nSubject: Enquiry " +
           number + "\nDate: Mon, 23 Nov 2026 09:00:00 +0000\nMessage-ID: <" + number +
           "@moor.example>\n\nHow much is it?\n";
}

class CompareCommand : public command_line::SampleCrm {
protected:
    CompareCommand() {
        std::filesystem::create_directory(file("mails"));
        write("mails/1.eml", stranger("1"));
        write("mails/2.eml", stranger("2"));
    }

    /// A policy file with these options of SmartConvert.
    std::string policy_file(const std::string& name, const std::string& options) const {
        return write(
            name,
            "<policy xmlns=\"urn:mailferry:policy:1\" name=\"Sales\" enabled=\"true\">\n"
            "  <category name=\"Company CRM\"/>\n"
            "  <own-domains><domain>us.example</domain></own-domains>\n"
            "  <modules><opportunity/></modules>\n" +
                options + "</policy>\n"
        );
    }
    std::string creating() const {
        return policy_file("creating.xml", "  <smart-convert enabled=\"true\"/>\n");
    }
    std::string not_creating() const {
        return policy_file(
            "not-creating.xml",
            "  <smart-convert enabled=\"true\"><create people=\"false\"/></smart-convert>\n"
        );
    }

    Ran compare(
        const std::string& before, const std::string& after, const std::vector<std::string>& more
    ) const {
        std::vector<std::string> all{
            "compare",
            "--before",
            before,
            "--after",
            after,
            "--crm",
            url(),
            "--mailbox",
            "anna@us.example"};
        all.insert(all.end(), more.begin(), more.end());
        return command_line::run(all);
    }
};

TEST_F(CompareCommand, APolicyChangesNothingAgainstItself) {
    const Ran ran = compare(policy(), policy(), {(world::samples() / "mail").string()});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.err, "");
    ASSERT_EQ(lines(ran.out).size(), 1U) << ran.out;
    EXPECT_TRUE(ran.out.starts_with("0 of ")) << ran.out;
    EXPECT_TRUE(ran.out.ends_with(" messages change\n")) << ran.out;
}

TEST_F(CompareCommand, NamesEachMessageThatChangesAndHow) {
    const Ran ran = compare(
        creating(), not_creating(), {file("mails"), sample_mail("known-contact-asks-for-offer")}
    );
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.err, "");
    const Texts told{
        "1.eml  archive -> skip",
        "    reason: no contact or lead was matched or created; must-match is on",
        "    iris@moor.example (from): create-contact -> unmatched",
        "    creates no longer: account moor.example",
        "    creates no longer: contact Iris Moor",
        "    links no longer: user 1",
        "    category: Processing Complete -> Missing Required Matches",
        "2.eml  archive -> skip",
        "    reason: no contact or lead was matched or created; must-match is on",
        "    iris@moor.example (from): contact Iris Moor -> unmatched",
        "    links no longer: contact Iris Moor",
        "    links no longer: user 1",
        "    category: Processing Complete -> Missing Required Matches",
        "2 of 3 messages change; archive -> skip: 2"};
    EXPECT_EQ(lines(ran.out), told);
}

TEST_F(CompareCommand, TheOtherWayRoundIsToldTheOtherWayRound) {
    const Ran ran = compare(not_creating(), creating(), {file("mails/1.eml")});
    EXPECT_EQ(ran.exit, 1);
    const Texts told{
        "1.eml  skip -> archive",
        "    reason before: no contact or lead was matched or created; must-match is on",
        "    iris@moor.example (from): unmatched -> create-contact",
        "    creates: account moor.example",
        "    creates: contact Iris Moor",
        "    links: user 1",
        "    category: Missing Required Matches -> Processing Complete",
        "1 of 1 message changes; skip -> archive: 1"};
    EXPECT_EQ(lines(ran.out), told);
}

TEST_F(CompareCommand, EachSideMeetsThePeopleOfItsOwnDryRun) {
    const Ran ran = compare(
        policy_file("contacts.xml", "  <smart-convert enabled=\"true\" match-leads=\"true\"/>\n"),
        policy_file(
            "leads.xml",
            "  <smart-convert enabled=\"true\" match-leads=\"true\">"
            "<create lead-instead-of-contact=\"true\"/></smart-convert>\n"
        ),
        {file("mails")}
    );
    const Texts told{
        "1.eml  archive",
        "    iris@moor.example (from): create-contact -> create-lead",
        "    creates no longer: account moor.example",
        "    creates no longer: contact Iris Moor",
        "    creates: lead Iris Moor",
        "2.eml  archive",
        "    iris@moor.example (from): contact Iris Moor -> lead Iris Moor",
        "    links no longer: contact Iris Moor",
        "    links: lead Iris Moor",
        "2 of 2 messages change"};
    EXPECT_EQ(lines(ran.out), told);
}

TEST_F(CompareCommand, JsonIsAnObjectForEachMessageThatChanges) {
    const Ran ran = compare(
        creating(),
        not_creating(),
        {"--json", file("mails/1.eml"), sample_mail("known-contact-asks-for-offer")}
    );
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.err, "1 of 2 messages changes; archive -> skip: 1\n");
    ASSERT_EQ(lines(ran.out).size(), 1U) << ran.out;
    const json::value object = json::parse(ran.out);
    std::set<std::string> keys;
    for (const auto& [key, unused] : object.as_object()) keys.emplace(key);
    EXPECT_EQ(keys, (std::set<std::string>{"file", "message_id", "before", "after", "changes"}));
    EXPECT_EQ(object.at("file").as_string(), file("mails/1.eml"));
    EXPECT_EQ(object.at("message_id"), "<1@moor.example>");
    EXPECT_EQ(object.at("before").at("verdict"), "archive");
    EXPECT_EQ(object.at("after").at("verdict"), "skip");
    EXPECT_FALSE(object.at("after").as_object().contains("trace"));
    EXPECT_EQ(object.at("changes").at(0), "verdict: archive -> skip");
}

TEST_F(CompareCommand, WritesNothing) {
    const std::string before = content();
    compare(creating(), not_creating(), {file("mails")});
    EXPECT_EQ(content(), before);
}

TEST_F(CompareCommand, AMessageThatFailsOnBothSidesIsNoChangeAndNoSuccess) {
    const std::string several = policy_file(
        "several.xml", "  <smart-convert enabled=\"true\" several-contacts=\"error\"/>\n"
    );
    const std::string shared = write(
        "shared.eml", "From: office@brightwater.example\nTo: anna@us.example\nSubject: Hi\n\nHi\n"
    );
    const Ran ran = compare(several, several, {shared});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.out, "0 of 1 message changes, 1 failed\n");
}

TEST_F(CompareCommand, APathThatCannotBeReadDoesNotStopTheOthers) {
    const Ran ran = compare(policy(), policy(), {file("missing.eml"), file("mails")});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(ran.err, "mailferry: " + file("missing.eml") + ": No such file or directory\n");
    EXPECT_EQ(ran.out, "0 of 2 messages change, 1 unreadable\n");
}

TEST_F(CompareCommand, BothPoliciesAreCheckedBeforeAnythingIsRead) {
    const auto several = (world::samples() / "policies" / "invalid" / "several.xml").string();
    const Ran ran = compare(several, several, {file("mails")});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(lines(ran.err).size(), 12U) << ran.err;
    EXPECT_EQ(compare(policy(), several, {file("mails")}).exit, 2);
    EXPECT_EQ(compare(policy(), file("missing.xml"), {file("mails")}).exit, 3);
}

TEST_F(CompareCommand, BothPoliciesTheCrmAndAPathMustBeNamed) {
    const std::string mail = file("mails/1.eml");
    using command_line::run;
    EXPECT_EQ(run({"compare", "--before", policy(), "--crm", url(), mail}).exit, 2);
    EXPECT_EQ(run({"compare", "--after", policy(), "--crm", url(), mail}).exit, 2);
    EXPECT_EQ(run({"compare", "--before", policy(), "--after", policy(), mail}).exit, 2);
    EXPECT_EQ(compare(policy(), policy(), {}).exit, 2);
}

TEST_F(CompareCommand, ACrmThatIsMissingIsUnreachable) {
    const std::string none = "sqlite:" + file("none");
    const Ran ran = command_line::run(
        {"compare", "--before", policy(), "--after", policy(), "--crm", none, file("mails")}
    );
    EXPECT_EQ(ran.exit, 3);
    EXPECT_FALSE(std::filesystem::exists(file("none")));
}

}  // namespace
