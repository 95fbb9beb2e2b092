#include "rules/check_policy.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

rules::Problems check(const std::string& inner) {
    const auto xml = "<policy>" + inner + "</policy>";
    pugi::xml_document document;
    EXPECT_TRUE(document.load_buffer(xml.data(), xml.size()));
    return rules::check_policy(document.document_element(), xml);
}

TEST(CheckPolicy, DefaultsAreNoContradiction) {
    EXPECT_TRUE(check("<category name='CRM'/>").empty());
    EXPECT_TRUE(check("<category name='CRM'/><modules/><smart-convert><create "
                      "lead-instead-of-contact='true'/></smart-convert>"
                      "<attachments store='true' summary='true'/><inbox><create/></inbox>")
                    .empty());
    EXPECT_TRUE(check("<category name='CRM'/><smart-convert><create lead-instead-of-contact='true' "
                      "accounts='false'/></smart-convert>")
                    .empty());
}

TEST(CheckPolicy, TheSameDomainInBothListsIsNoDuplicate) {
    EXPECT_TRUE(
        check("<category "
              "name='CRM'/><own-domains><domain>us.example</domain></own-domains><smart-convert>"
              "<create><no-create-domain>us.example</no-create-domain></create></smart-convert>")
            .empty()
    );
}

TEST(CheckPolicy, AllProblemsComeInTheOrderOfTheText) {
    const auto problems = check(
        "<attachments summary='true'/><own-domains><domain>x</domain>"
        "</own-domains><category name='Inbox'/>"
    );
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_LT(problems[0].column, problems[1].column);
    EXPECT_LT(problems[1].column, problems[2].column);
}

}  // namespace
