#include "agent/outcome_json.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace {

TEST(OutcomeJson, NamesTheMailAndEveryRecordOfIt) {
    agent::Archived archived;
    archived.record = "12";
    archived.created = {
        {rules::RecordKind::contact, "contact:ann@acme.example", "7", true},
        {rules::RecordKind::case_, "case:f", "8", false}};
    EXPECT_EQ(
        boost::json::serialize(agent::to_json(archived)),
        R"({"record":"12","existed":false,"created":[)"
        R"({"kind":"contact","key":"contact:ann@acme.example","record":"7","existed":true},)"
        R"({"kind":"case","key":"case:f","record":"8","existed":false}]})"
    );
}

TEST(OutcomeJson, NamesWhatWasLeftOutAndReadsItAgain) {
    agent::Archived archived;
    archived.record = "12";
    archived.left_out = {{rules::RecordKind::account, "account:acme.example", "no access"}};
    const std::string text = boost::json::serialize(agent::to_json(archived));
    EXPECT_EQ(
        text,
        R"({"record":"12","existed":false,"created":[],"left_out":[)"
        R"({"kind":"account","key":"account:acme.example","why":"no access"}]})"
    );
    EXPECT_EQ(agent::left_out_of(text), archived.left_out);
}

TEST(OutcomeJson, NothingIsLeftOutInWhatEarlierVersionsWrote) {
    for (const char* other :
         {R"({"record":"12","existed":true,"created":[]})",
          "",
          "[]",
          R"({"left_out":1})",
          R"({"left_out":[1,{"kind":"boat"},{"kind":7}]})"}) {
        EXPECT_TRUE(agent::left_out_of(other).empty()) << other;
    }
}

TEST(OutcomeJson, TellsWhetherTheMailWasThereBefore) {
    agent::Archived archived;
    EXPECT_FALSE(agent::mail_existed(boost::json::serialize(agent::to_json(archived))));
    archived.existed = true;
    EXPECT_TRUE(agent::mail_existed(boost::json::serialize(agent::to_json(archived))));
    for (const char* other : {"", "{", "[]", "{}", R"({"existed":1})"}) {
        EXPECT_FALSE(agent::mail_existed(other)) << other;
    }
}

}  // namespace
