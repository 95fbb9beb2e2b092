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
