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
    finding.parent = "policy";
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
    finding.parent = "opportunity";
    EXPECT_EQ(
        rules::Rewording(rules::policy_schema()).text(finding),
        "<stage> stands in <opportunity>, which is empty"
    );
}

}  // namespace
