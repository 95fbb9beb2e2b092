#include "rules/check_precautions.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

/// "line: text" of each problem.
std::string check(const std::string& xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_buffer(xml.data(), xml.size())) << xml;
    rules::PlacedProblems problems(xml);
    rules::check_error_notices(document.document_element(), problems);
    std::string told;
    for (const auto& problem : problems.sorted())
        told += std::to_string(problem.line) + ": " + problem.text + "\n";
    return told;
}

TEST(CheckPrecautions, NoticesGoToAddresses) {
    EXPECT_EQ(check("<error-notices><to> admin@us.example </to></error-notices>"), "");
    EXPECT_EQ(
        check("<error-notices>\n<to>admin</to>\n<to>a@x.example</to></error-notices>"),
        "2: \"admin\" is no mail address: write name@domain\n"
    );
    EXPECT_EQ(check("<error-notices><to/></error-notices>"), "") << "the schema says it";
}

TEST(CheckPrecautions, NobodyIsToldTwice) {
    EXPECT_EQ(
        check("<error-notices><to>a@x.example</to>\n<to>A@X.example</to></error-notices>"),
        "2: A@X.example stands in line 1 already; remove one\n"
    );
}

}  // namespace
