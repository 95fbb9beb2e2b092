#include "rules/placed_problems.hpp"

#include <gtest/gtest.h>

namespace {

class PlacedProblems : public testing::Test {
protected:
    PlacedProblems() { document.load_buffer(xml.data(), xml.size()); }

    const std::string xml = "<a>\n <b x='1' y='2'>text</b>\n <c/>\n</a>";
    pugi::xml_document document;
    rules::PlacedProblems problems{xml};
    pugi::xml_node b() const { return document.child("a").child("b"); }
    pugi::xml_node c() const { return document.child("a").child("c"); }
};

TEST_F(PlacedProblems, StandAtTheAttributeTheTagOrTheContent) {
    problems.report(b(), "y", "attribute");
    problems.report(b(), "z", "absent attribute");
    problems.report(b(), "", "content");
    problems.report(c(), "tag");
    EXPECT_EQ(
        problems.sorted(),
        (rules::Problems{
            {2, 2, "absent attribute"}, {2, 11, "attribute"}, {2, 17, "content"}, {3, 2, "tag"}})
    );
}

TEST_F(PlacedProblems, ComeInTheOrderOfTheTextAndNotMoreThanOneReads) {
    problems.report(c(), "later");
    problems.report(b(), "earlier");
    EXPECT_EQ(problems.sorted().front().text, "earlier");
    for (int i = 0; i < 1000; ++i) problems.report(c(), "again");
    EXPECT_EQ(problems.sorted().size(), 100U);
}

TEST_F(PlacedProblems, TheLineIsThatOfTheTag) {
    EXPECT_EQ(problems.line(b()), 2);
    EXPECT_EQ(problems.line(c()), 3);
}

}  // namespace
