#include "ews/mime_extractor.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <vector>

#include "ews/operations/get_item.hpp"
#include "ews/soap.hpp"

namespace {

struct Taken {
    std::optional<std::string> mime;
    std::string rest;
    bool operator==(const Taken&) const = default;
};

/// `xml` in pieces that end at `cuts`.
Taken taken(std::string_view xml, const std::vector<std::size_t>& cuts = {}) {
    std::string mime;
    ews::MimeExtractor extractor([&mime](std::string_view bytes) {
        mime += bytes;
        return true;
    });
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        EXPECT_TRUE(extractor.feed(xml.substr(from, cut - from)));
        from = cut;
    }
    EXPECT_TRUE(extractor.feed(xml.substr(from)));
    Taken result;
    result.rest = extractor.take_rest();
    if (extractor.has_mime()) result.mime = mime;
    return result;
}

std::string item(std::string_view content) {
    std::string xml =
        R"(<?xml version="1.0"?><s:Envelope><s:Body><m:GetItemResponse><m:ResponseMessages>)"
        R"(<m:GetItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>)"
        R"(<m:Items><t:Message><t:ItemId Id="a>b&lt;'MimeContent"/>)";
    xml += content;
    return xml +
           "<t:Subject>After &amp; it</t:Subject></t:Message></m:Items></m:GetItemResponseMessage>"
           "</m:ResponseMessages></m:GetItemResponse></s:Body></s:Envelope>";
}

std::string mime(std::string_view text) {
    return item("<t:MimeContent CharacterSet='UTF-8'>" + std::string(text) + "</t:MimeContent>");
}

/// As it was read before: the whole answer, cleaned and parsed.
std::optional<std::string> mime_of_whole(const std::string& xml) {
    const ews::Envelope envelope(xml);
    const ews::GetItem asked{{{"id", ""}}};
    const auto response = envelope.response("GetItem");
    if (!response) return std::nullopt;
    const auto read = asked.read(*response);
    if (!read || !read->at(0)) return std::nullopt;
    return read->at(0)->mime;
}

TEST(MimeExtractor, TakesTheMailAndLeavesTheRest) {
    const Taken expected{"Subject: Hi\r\n", mime("")};
    EXPECT_EQ(taken(mime("U3ViamVjdDogSGkNCg==")), expected);
}

TEST(MimeExtractor, WhereTheAnswerIsCutDoesNotMatter) {
    const std::string xml = mime("U3Vi\r\nam&#13;&#xA;Vjd <![CDATA[DogSG]]>kN<!-- - -> -->Cg==");
    const Taken whole = taken(xml);
    EXPECT_EQ(whole.mime, "Subject: Hi\r\n");
    for (std::size_t cut = 0; cut <= xml.size(); ++cut) {
        EXPECT_EQ(taken(xml, {cut}), whole) << cut;
        if (cut + 1 <= xml.size()) {
            EXPECT_EQ(taken(xml, {cut, cut + 1}), whole) << cut;
        }
    }
    std::vector<std::size_t> all;
    for (std::size_t cut = 0; cut <= xml.size(); ++cut) all.push_back(cut);
    EXPECT_EQ(taken(xml, all), whole);
}

TEST(MimeExtractor, AnAnswerWithoutMimeStaysAsItIs) {
    for (const std::string& xml :
         {item(""),
          item("<t:MimeContentUTF8>Zm9v</t:MimeContentUTF8>"),
          item("<!-- <t:MimeContent>Zm9v</t:MimeContent> -->"),
          item("<t:Body><![CDATA[<t:MimeContent>Zm9v]]]></t:MimeContent>]]></t:Body>"),
          item("<t:Body x='<t:MimeContent>'>]]></t:Body>"),
          item("<t:MimeContent/>"),
          item("<t:MimeContent></t:MimeContent>"),
          std::string("<html><p>Please log in</p>"),
          std::string("no XML at all"),
          std::string("<!-- never closed"),
          std::string("<a><![CDATA[cut ]]"),
          std::string()}) {
        EXPECT_EQ(taken(xml), (Taken{std::nullopt, xml}));
    }
}

TEST(MimeExtractor, WhatIsNoBase64IsNoMime) {
    for (const char* text :
         {"Zm9v!",
          "Zg==Zg==",
          "Zm9vY",
          "Zm9v&amp;",
          "Zm9v&#252;",
          "Zm9v&",
          "Zm9v\xC3\xBC",
          "&#12"}) {
        const Taken result = taken(mime(text));
        EXPECT_EQ(result.mime, std::nullopt) << text;
        EXPECT_EQ(result.rest, mime("")) << text;
        EXPECT_EQ(mime_of_whole(mime(text)), std::nullopt) << text;
    }
}

TEST(MimeExtractor, ForbiddenCharactersAreLeftOutAsEverywhere) {
    const std::string xml = mime(std::string("Zm\x01 9&#x1;v&#xD800;", 19));
    EXPECT_EQ(taken(xml).mime, "foo");
    EXPECT_EQ(mime_of_whole(xml), "foo");
}

TEST(MimeExtractor, AnAnswerThatIsCutShortHasNoMime) {
    const std::string xml = mime("Zm9vYmFy");
    const std::string cut = xml.substr(0, xml.find("YmFy"));
    const Taken result = taken(cut);
    EXPECT_EQ(result.mime, std::nullopt);
    EXPECT_EQ(result.rest, cut.substr(0, cut.size() - 4));
}

TEST(MimeExtractor, OfTwoMailsTheFirstIsTaken) {
    const std::string two = mime("Zm9v") + "<t:MimeContent>YmFy</t:MimeContent>";
    EXPECT_EQ(taken(two), (Taken{"foo", mime("") + "<t:MimeContent>YmFy</t:MimeContent>"}));
}

TEST(MimeExtractor, EndsWhereNoMoreIsWanted) {
    int pieces = 0;
    ews::MimeExtractor extractor([&pieces](std::string_view) { return ++pieces < 2; });
    EXPECT_TRUE(extractor.feed("<MimeContent>Zm9v"));
    EXPECT_FALSE(extractor.feed("Zm9v"));
    EXPECT_FALSE(extractor.feed("Zm9v</MimeContent>"));
    EXPECT_EQ(pieces, 2);
    EXPECT_FALSE(extractor.has_mime());
}

/// Any mail, written in any of the ways that XML has, cut anywhere: the same as by the parser.
TEST(MimeExtractor, GivesWhatTheParserWouldHaveGiven) {
    std::mt19937 random(6);
    const auto dice = [&random](std::size_t sides) { return random() % sides; };
    for (int round = 0; round < 500; ++round) {
        std::string mail;
        for (std::size_t left = dice(300); left > 0; --left) mail += static_cast<char>(dice(256));
        std::string text;
        bool in_cdata = false;
        for (const char c : ews::encode_base64(mail)) {
            const std::size_t way = dice(40);
            if (way == 0) text += in_cdata ? "]]>" : "<![CDATA[";
            if (way == 0) in_cdata = !in_cdata;
            if (way == 1) text += "\r\n ";
            if (way == 2 && !in_cdata) text += "&#xD;\n<!-- MimeContent > -->";
            if (way == 3) text += '\x02';
            text += way == 4 && !in_cdata ? "&#" + std::to_string(static_cast<int>(c)) + ";"
                                          : std::string(1, c);
            if (way == 5 && dice(30) == 0) text += "\xE4";
        }
        if (in_cdata) text += "]]>";
        const std::string xml = mime(text);
        std::vector<std::size_t> cuts;
        for (std::size_t at = dice(60); at < xml.size(); at += 1 + dice(60)) cuts.push_back(at);
        const Taken result = taken(xml, cuts);
        EXPECT_EQ(result.mime, mime_of_whole(xml)) << xml;
        EXPECT_EQ(mime_of_whole(result.rest), std::nullopt) << xml;
    }
}

}  // namespace
