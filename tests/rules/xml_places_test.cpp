#include "rules/xml_places.hpp"

#include <gtest/gtest.h>

namespace {

TEST(XmlPlaces, FindsElementsAndAttributesBetweenEverythingElse) {
    const std::string xml =
        "<?xml version='1.0'?><!-- <no a='1'> --><a b = \"1>2\"\n "
        "c='/'><![CDATA[<no>]]><d/>text</a>";
    const auto places = rules::find_places(xml);
    ASSERT_EQ(places.elements.size(), 2U);
    EXPECT_FALSE(places.doctype);
    EXPECT_EQ(places.elements[0].tag, xml.find("<a"));
    ASSERT_EQ(places.elements[0].attributes.size(), 2U);
    EXPECT_EQ(
        places.elements[0].attributes[0],
        (std::pair<std::string, std::size_t>{"b", xml.find("b =")})
    );
    EXPECT_EQ(
        places.elements[0].attributes[1], (std::pair<std::string, std::size_t>{"c", xml.find("c=")})
    );
    EXPECT_EQ(places.elements[0].content, xml.find("<![CDATA"));
    EXPECT_EQ(places.elements[1].tag, xml.find("<d/>"));
}

TEST(XmlPlaces, FindsADoctypeButNotInAComment) {
    EXPECT_EQ(rules::find_places("<!-- <!DOCTYPE a> --><!DOCTYPE a><a/>").doctype, 21U);
    EXPECT_FALSE(rules::find_places("<!-- <!DOCTYPE a> --><a/>").doctype);
}

TEST(XmlPlaces, EndsOnAnyPrefixOfAFile) {
    const std::string xml =
        "<?x?><!--c--><a b='1' c=\"2\"><![CDATA[x]]><d e = 'f'/></a><!DOCTYPE x>";
    for (std::size_t size = 0; size <= xml.size(); ++size) {
        const auto prefix = xml.substr(0, size);
        for (const auto& element : rules::find_places(prefix).elements)
            EXPECT_LE(element.content, prefix.size()) << prefix;
    }
}

TEST(XmlPlaces, ColumnsCountCharactersAndLinesCountFromOne) {
    const std::string xml = "äö<a>\r\n  <b/>";
    EXPECT_EQ(rules::position(xml, 0).line, 1);
    EXPECT_EQ(rules::position(xml, 0).column, 1);
    EXPECT_EQ(rules::position(xml, xml.find("<a>")).column, 3);
    EXPECT_EQ(rules::position(xml, xml.find("<b/>")).line, 2);
    EXPECT_EQ(rules::position(xml, xml.find("<b/>")).column, 3);
    EXPECT_EQ(rules::position(xml, 1000).line, 2);
}

TEST(XmlPlaces, AByteOrderMarkIsNoPartOfTheText) {
    EXPECT_EQ(rules::without_bom("\xEF\xBB\xBF<a/>"), "<a/>");
    EXPECT_EQ(rules::without_bom("<a/>"), "<a/>");
}

}  // namespace
