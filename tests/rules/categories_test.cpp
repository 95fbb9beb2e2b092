#include "rules/categories.hpp"

#include <gtest/gtest.h>

namespace {

rules::CarriedCategories carried(const std::vector<std::string>& categories) {
    rules::Policy policy;
    policy.category.name = "Company CRM";
    policy.categories.complete = "In the CRM";
    return rules::carried_categories(policy, categories);
}

TEST(Categories, TheOneOfThePolicyIsTheRequest) {
    EXPECT_EQ(carried({"Blue", "company crm"}), (rules::CarriedCategories{true, ""}));
    EXPECT_EQ(carried({"Company CRM Leads"}), (rules::CarriedCategories{false, ""}));
    EXPECT_EQ(carried({}), (rules::CarriedCategories{false, ""}));
}

TEST(Categories, EachOfTheThreeSaysThatItWasProcessed) {
    EXPECT_EQ(carried({"IN THE CRM"}).processed, "IN THE CRM");
    EXPECT_EQ(carried({"Missing Required Matches", "x"}).processed, "Missing Required Matches");
    EXPECT_EQ(carried({"x", "Processing Error"}).processed, "Processing Error");
    EXPECT_EQ(carried({"Processing Complete"}).processed, "") << "the policy calls it otherwise";
}

}  // namespace
