// `mailferry explain`: the decision about one mail and why; its JSON keys are a contract.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "tests/agent/commands/sample_crm.hpp"

namespace {

using command_line::lines;
using command_line::Ran;
using command_line::sample_mail;
namespace json = boost::json;

class ExplainCommand : public command_line::SampleCrm {
protected:
    Ran explain(std::vector<std::string> more) const {
        more.insert(more.begin(), {"--mailbox", "anna@us.example"});
        return with_policy("explain", more);
    }
};

/// The keys of an object, in any order.
std::set<std::string> keys(const json::value& value) {
    std::set<std::string> result;
    for (const auto& [key, ignored] : value.as_object()) result.insert(std::string(key));
    return result;
}

void expect_keys(const json::value& value, const std::set<std::string>& promised) {
    const std::set<std::string> found = keys(value);
    for (const std::string& key : promised)
        EXPECT_TRUE(found.contains(key)) << key << " in " << value;
}

TEST_F(ExplainCommand, BeginsWithTheVerdictAndEndsWithTheReasons) {
    const Ran ran = explain({sample_mail("known-contact-asks-for-offer")});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(lines(ran.out).front(), "archive: linked to 2 people");
    const auto why = ran.out.find("\nWhy\n   1  policy ");
    ASSERT_NE(why, std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find(" disposition ", why), std::string::npos) << ran.out;
    EXPECT_LT(ran.out.find("\nAddressees\n"), why);
}

TEST_F(ExplainCommand, TheFolderSaysWhatIsMadeOfTheMail) {
    const Ran ran =
        explain({"--folder", "create-new/opportunity", sample_mail("known-contact-asks-for-offer")}
        );
    EXPECT_EQ(lines(ran.out).front(), "archive: linked to 2 people; one new opportunity");
    EXPECT_NE(ran.out.find("opportunity  Offer for 40 conveyor belts"), std::string::npos)
        << ran.out;
}

TEST_F(ExplainCommand, TheCategoryThatTheInboxRequiresCanBeGiven) {
    const std::string mail = sample_mail("known-contact-asks-for-offer");
    EXPECT_EQ(
        lines(explain({"--folder", "inbox", mail}).out).front(),
        "skip: it lacks the category \"Company CRM\""
    );
    EXPECT_EQ(
        lines(explain({"--folder", "inbox", "--category", "Company CRM", mail}).out).front(),
        "archive: linked to 2 people"
    );
}

TEST_F(ExplainCommand, WithAConfigurationTheAliasesOfTheMailboxCount) {
    const std::string config = write(
        "mailferry.xml",
        "<mailferry xmlns=\"urn:mailferry:config:1\"><journal file=\"j\"/>"
        "<exchange name=\"x\" url=\"https://x.example/EWS/Exchange.asmx\" user=\"u\"><password file=\"p\"/></exchange>"
        "<crm name=\"c\" url=\"" + url() + "\"/><policy file=\"" + policy() + "\" exchange=\"x\" crm=\"c\">"
        "<mailbox address=\"anna@us.example\"><alias>maria.lopez@acme.example</alias></mailbox></policy></mailferry>"
    );
    const Ran ran = command_line::run(
        {"explain", "--policy", policy(), "--config", config, "--crm", "c",
         "--mailbox", "anna@us.example", sample_mail("known-contact-asks-for-offer")}
    );
    EXPECT_NE(ran.out.find("returned to the Inbox"), std::string::npos) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("the owner, also a recipient"), std::string::npos) << ran.out;
}

TEST_F(ExplainCommand, AMailThatIsNotArchivedIsNoFailure) {
    const Ran ran = explain({sample_mail("colleague-only")});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_TRUE(ran.out.starts_with("skip: ")) << ran.out;
}

TEST_F(ExplainCommand, JsonIsOneObjectOnOneLineWithThePromisedKeys) {
    const std::string mail = sample_mail("unknown-person-of-unknown-domain");
    const Ran ran = explain({"--json", "--folder", "create-new/opportunity", mail});
    EXPECT_EQ(ran.exit, 0);
    ASSERT_EQ(lines(ran.out).size(), 1U);
    const json::value object = json::parse(lines(ran.out).front());
    expect_keys(
        object,
        {"file",
         "message_id",
         "mailbox",
         "role",
         "verdict",
         "reason",
         "rule",
         "addressees",
         "create",
         "links",
         "attachments",
         "disposition",
         "applied",
         "trace"}
    );
    expect_keys(object.at("addressees").at(0), {"address", "position", "outcome", "record", "why"});
    expect_keys(object.at("create").at(0), {"kind", "name", "fields"});
    expect_keys(object.at("links").at(0), {"kind", "record"});
    expect_keys(object.at("disposition"), {"move", "purge", "categories_add", "categories_remove"});
    EXPECT_EQ(object.at("file").as_string(), mail);
    EXPECT_EQ(
        object.at("message_id").as_string(),
        "<unknown-person-of-unknown-domain.03@fjordline.example>"
    );
    EXPECT_EQ(object.at("mailbox").as_string(), "anna@us.example");
    EXPECT_EQ(object.at("role").as_string(), "create-new/opportunity");
    EXPECT_EQ(object.at("verdict").as_string(), "archive");
    EXPECT_TRUE(object.at("rule").is_null());
    EXPECT_FALSE(object.at("applied").as_bool());
    EXPECT_EQ(object.at("addressees").at(0).at("outcome").as_string(), "create-contact");
}

TEST_F(ExplainCommand, JsonSaysOfEachAttachmentWhetherAndWhy) {
    const Ran ran = explain({"--json", sample_mail("multipart-alternative-with-attachment")});
    const json::value object = json::parse(ran.out);
    ASSERT_EQ(object.at("attachments").as_array().size(), 1U) << ran.out;
    expect_keys(object.at("attachments").at(0), {"filename", "stored", "why"});
    EXPECT_EQ(object.at("attachments").at(0).at("filename").as_string(), "order-5521.pdf");
    EXPECT_TRUE(object.at("attachments").at(0).at("stored").as_bool());
}

TEST_F(ExplainCommand, TouchesNothing) {
    const std::string before = content();
    ASSERT_NE(before, "");
    explain({sample_mail("unknown-person-of-unknown-domain")});
    explain({"--json", sample_mail("known-contact-asks-for-offer")});
    EXPECT_EQ(content(), before);
}

TEST_F(ExplainCommand, AMailThatCannotBeReadIsUnreachable) {
    const Ran ran = explain({file("missing.eml")});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "mailferry: " + file("missing.eml") + ": No such file or directory\n");
}

}  // namespace
