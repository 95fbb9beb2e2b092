#include "rules/suggest.hpp"

#include <gtest/gtest.h>

namespace {

const std::vector<std::string> words{
    "match-leads", "match-cc-bcc", "must-match", "enabled", "blue"};

TEST(Suggest, FindsTheWordThatWasMeant) {
    EXPECT_EQ(rules::nearest("match-lead", words), "match-leads");
    EXPECT_EQ(rules::nearest("MatchLeads", words), "match-leads");
    EXPECT_EQ(rules::nearest("match_leads", words), "match-leads");
    EXPECT_EQ(rules::nearest("match-cc", words), "match-cc-bcc");
    EXPECT_EQ(rules::nearest("enalbed", words), "enabled");
    EXPECT_EQ(rules::nearest("bleu", words), "blue");
}

TEST(Suggest, IsSilentWhereNothingIsNear) {
    EXPECT_EQ(rules::nearest("colour", words), "");
    EXPECT_EQ(rules::nearest("x", words), "");
    EXPECT_EQ(rules::nearest("", words), "");
    EXPECT_EQ(rules::nearest("blue", {}), "");
    EXPECT_EQ(rules::nearest(std::string(100'000, 'a'), words), "");
}

}  // namespace
