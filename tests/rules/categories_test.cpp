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
    EXPECT_EQ(carried({"Blue", "company crm"}), (rules::CarriedCategories{true, "", false}));
    EXPECT_EQ(carried({"Company CRM Leads"}), (rules::CarriedCategories{false, "", false}));
    EXPECT_EQ(carried({}), (rules::CarriedCategories{false, "", false}));
}

TEST(Categories, TwoSayThatItIsFinishedAndOneThatItFailed) {
    EXPECT_EQ(carried({"IN THE CRM"}).finished, "IN THE CRM");
    EXPECT_EQ(carried({"Missing Required Matches", "x"}).finished, "Missing Required Matches");
    EXPECT_EQ(carried({"x", "Processing Error"}), (rules::CarriedCategories{false, "", true}));
    EXPECT_EQ(carried({"Processing Complete"}).finished, "") << "the policy calls it otherwise";
}

TEST(Categories, WhatIsPendingIsNeitherFinishedNorFailed) {
    EXPECT_EQ(carried({"Pending"}), (rules::CarriedCategories{false, "", false}));
    EXPECT_EQ(
        carried({"pending", "Company CRM", "Processing Error"}),
        (rules::CarriedCategories{true, "", true})
    );
}

}  // namespace
