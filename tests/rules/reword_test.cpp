#include "rules/reword.hpp"

#include <gtest/gtest.h>

#include "rules/schema.hpp"

namespace {

using Kind = rules::Finding::Kind;

std::string text(
    Kind kind, const std::string& element, const std::string& attribute, const std::string& value
) {
    rules::Finding finding;
    finding.kind = kind;
    finding.element = element;
    finding.attribute = attribute;
    finding.value = value;
    finding.parent = "smart-convert";
    return rules::Rewording(rules::policy_schema()).text(finding);
}

TEST(Reword, FindsTheAllowedWordsThroughTheNamesOfTypes) {
    EXPECT_EQ(
        text(Kind::enumeration, "create", "people", "ture"),
        "people of <create> is \"ture\"; did you mean \"true\"? allowed: \"true\", \"false\""
    );
}

TEST(Reword, AnElementWithoutAttributesSaysSo) {
    EXPECT_EQ(
        text(Kind::attribute, "modules", "all", ""),
        "all of <modules> is unknown; <modules> has no attributes"
    );
}

TEST(Reword, OfTwoElementsOfOneNameTheOneInItsParentCounts) {
    rules::Finding finding;
    finding.kind = Kind::attribute;
    finding.element = "create";
    finding.attribute = "leads";
    const rules::Rewording rewording(rules::policy_schema());
    finding.parent = "inbox";
    EXPECT_EQ(rewording.text(finding), "leads of <create> is unknown; allowed: people");
    finding.parent = "smart-convert";
    EXPECT_EQ(
        rewording.text(finding),
        "leads of <create> is unknown; allowed: people, lead-instead-of-contact, accounts"
    );
}

TEST(Reword, AttributesOfGroupsAreAllowedLikeOthers) {
    EXPECT_EQ(
        text(Kind::enumeration, "sent-items", "several-contacts", "both"),
        "several-contacts of <sent-items> is \"both\"; allowed: \"one\", \"all\", \"error\""
    );
}

TEST(Reword, WhereAPatternIsNotMetTheTypeSaysWhatToWrite) {
    EXPECT_EQ(
        text(Kind::value, "peak", "from", "8 am"),
        "from of <peak> is \"8 am\"; write a time from 00:00 to 23:59, with two digits each"
    );
    EXPECT_EQ(
        text(Kind::value, "loop-brakes", "minutes", "x"),
        "minutes of <loop-brakes> is \"x\"; write a whole number"
    );
}

TEST(Reword, AnElementThatMayStandOftenSaysHowOften) {
    rules::Finding finding;
    finding.kind = Kind::element;
    finding.element = "to";
    finding.parent = "error-notices";
    finding.children.assign(20, "to");
    EXPECT_EQ(
        rules::Rewording(rules::policy_schema()).text(finding),
        "<to> stands here more than 20 times; keep 20"
    );
}

TEST(Reword, LongValuesAreCutBetweenCharacters) {
    std::string value;
    for (int i = 0; i < 40; ++i) value += "€";
    const auto told = text(Kind::value, "create", "people", value);
    EXPECT_EQ(told.find("€…\""), told.find("…\"") - 3);
    EXPECT_LT(told.size(), 150U);
}

TEST(Reword, AnElementInAnEmptyOneIsToldFromAnUnknownOne) {
    rules::Finding finding;
    finding.kind = Kind::element;
    finding.element = "stage";
    finding.parent = "attachments";
    EXPECT_EQ(
        rules::Rewording(rules::policy_schema()).text(finding),
        "<stage> stands in <attachments>, which is empty"
    );
}

}  // namespace
