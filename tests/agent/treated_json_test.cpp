#include "agent/treated_json.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/agent/story.hpp"

namespace {

std::vector<std::string> keys(const boost::json::value& value) {
    std::vector<std::string> keys;
    for (const auto& [key, unused] : value.as_object()) keys.emplace_back(key);
    return keys;
}

using Keys = std::vector<std::string>;

// A contract (man mailferry(1)): keys may be added, never renamed.
TEST(TreatedJson, HoldsTheKeysThatScriptsRelyOn) {
    const boost::json::value object = agent::treated_json(
        "a.eml", agent_test::read(agent_test::offer()), agent_test::full_decision(), true
    );
    EXPECT_EQ(
        keys(object),
        (Keys{
            "file",
            "message_id",
            "subject",
            "mailbox",
            "role",
            "verdict",
            "reason",
            "rule",
            "known", "again",
            "addressees",
            "create",
            "links",
            "body_suffix",
            "attachments",
            "disposition",
            "trace",
            "applied"})
    );
    EXPECT_EQ(
        keys(object.at("addressees").at(0)),
        (Keys{"address", "position", "outcome", "record", "why", "reference", "others"})
    );
    EXPECT_EQ(
        keys(object.at("create").at(0)),
        (Keys{"kind", "key", "name", "fields", "account", "contact"})
    );
    EXPECT_EQ(keys(object.at("links").at(0)), (Keys{"kind", "record", "created"}));
    EXPECT_EQ(keys(object.at("attachments").at(0)), (Keys{"filename", "stored", "why"}));
    EXPECT_EQ(
        keys(object.at("disposition")),
        (Keys{"move", "purge", "copy", "categories_add", "categories_remove"})
    );
    EXPECT_EQ(keys(object.at("trace").at(0)), (Keys{"stage", "subject", "seen", "verdict"}));
}

TEST(TreatedJson, NamesTheMailAndWhereItLay) {
    const auto object = agent::treated_json(
        "a.eml", agent_test::read(agent_test::offer()), agent_test::full_decision(), true
    );
    EXPECT_EQ(object.at("file"), "a.eml");
    EXPECT_EQ(object.at("message_id"), "<offer@acme.example>");
    EXPECT_EQ(object.at("mailbox"), "anna@us.example");
    EXPECT_EQ(object.at("role"), "create-new/opportunity");
    EXPECT_EQ(object.at("rule"), "customers");
    EXPECT_EQ(object.at("applied"), true);
}

TEST(TreatedJson, AMailWithoutRuleOrMailboxSaysSo) {
    const auto object =
        agent::treated_json("-", agent::read_mail("no mail", {}), rules::Decision{}, false);
    EXPECT_EQ(object.at("mailbox"), "");
    EXPECT_EQ(object.at("rule"), nullptr);
    EXPECT_EQ(object.at("message_id"), "");
    EXPECT_EQ(object.at("applied"), false);
}

}  // namespace
