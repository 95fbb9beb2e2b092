#include "rules/schema.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

#include "rules/limits.hpp"

namespace {

constexpr auto xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t"
    targetNamespace="urn:t" elementFormDefault="qualified">
  <xs:complexType name="Server">
    <xs:sequence><xs:element name="password" type="Secret"/></xs:sequence>
    <xs:attribute name="port" use="required">
      <xs:simpleType>
        <xs:restriction base="xs:unsignedInt">
          <xs:minInclusive value="1"/><xs:maxInclusive value="99"/>
        </xs:restriction>
      </xs:simpleType>
    </xs:attribute>
    <xs:attribute name="tls" type="xs:boolean"/>
  </xs:complexType>
  <xs:complexType name="Secret">
    <xs:choice><xs:element name="file" type="xs:string"/><xs:element name="word" type="xs:string"/></xs:choice>
  </xs:complexType>
  <xs:element name="config">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="journal" type="xs:string"/>
        <xs:element name="server" type="Server" maxOccurs="unbounded"/>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
</xs:schema>)";

std::string problems(std::string_view xml) {
    std::string text;
    for (const auto& problem : rules::validate(xsd, xml))
        text += std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
                problem.text + "\n";
    return text;
}

std::string config(const std::string& inner) {
    return "<config xmlns=\"urn:t\">\n" + inner + "</config>";
}
const std::string server = "<server port=\"7\"><password><word>x</word></password></server>\n";

TEST(Schema, AValidTextHasNoProblems) {
    EXPECT_EQ(problems(config("<journal/>" + server + server)), "");
    EXPECT_EQ(problems("\xEF\xBB\xBF" + config("<journal/>" + server)), "");
}

TEST(Schema, TheOrderOfASequenceIsNamed) {
    EXPECT_EQ(
        problems(config(server + "<journal/>")),
        "2:1: <server> stands in the wrong place; the order in <config> is <journal>, <server>\n"
    );
}

TEST(Schema, WhatIsMissingIsNamed) {
    EXPECT_EQ(problems(config("<journal/>")), "1:1: <config> lacks <server>\n");
    EXPECT_EQ(
        problems(config("<journal/>\n<server><password/></server>")),
        "3:1: <server> has no port; write <server port=\"…\">\n"
        "3:9: <password> lacks one of <file>, <word>\n"
    );
}

TEST(Schema, NumbersAndTypesAreExplained) {
    const auto with = [](const std::string& attributes) {
        return config(
            "<journal/>\n<server " + attributes + "><password><word/></password></server>"
        );
    };
    EXPECT_EQ(problems(with("port=\"0\"")), "3:9: port of <server> is \"0\"; the least is 1\n");
    EXPECT_EQ(problems(with("port=\"100\"")), "3:9: port of <server> is \"100\"; the most is 99\n");
    EXPECT_EQ(
        problems(with("port=\"x\"")), "3:9: port of <server> is \"x\"; write a whole number\n"
    );
    EXPECT_EQ(
        problems(with("port=\"1\" tls=\"on\"")),
        "3:18: tls of <server> is \"on\"; write \"true\" or \"false\"\n"
    );
}

TEST(Schema, AnAttributeWrittenAsElementAndTheOtherWayRound) {
    EXPECT_EQ(
        problems(config("<journal/>\n<server port=\"1\" password=\"x\"><port>1</port></server>")),
        "3:1: <server> lacks <password>\n"
        "3:18: password of <server> is no attribute; write <password> inside <server>\n"
        "3:31: port of <server> is no element; write <server port=\"…\">\n"
    );
}

TEST(Schema, ColumnsAreThoseOfTheAttributeAlsoOverSeveralLinesAndBehindUmlauts) {
    EXPECT_EQ(
        problems(
            config("<journal>ä<!-- <server prt='1'> --></journal>ü\n<server port='1'\n  tsl='true'>"
                   "<password><word/></password></server>")
        ),
        "1:1: <config> holds no text; remove it\n"
        "4:3: tsl of <server> is unknown; did you mean tls? allowed: port, tls\n"
    );
}

TEST(Schema, AllProblemsBehindAnUnknownElementAreFoundToo) {
    EXPECT_EQ(
        problems(config("<jurnal/>\n<journal/>\n<sever/>\n" + server + "<x/>\n")),
        "2:1: <jurnal> is unknown in <config>; did you mean <journal>? allowed: <journal>, "
        "<server>\n"
        "4:1: <sever> is unknown in <config>; did you mean <server>? allowed: <journal>, <server>\n"
        "6:1: <x> is unknown in <config>; allowed: <journal>, <server>\n"
    );
}

TEST(Schema, EntitiesAndTheNetworkAreOutOfReach) {
    EXPECT_EQ(
        problems(
            "<?xml version='1.0'?>\n<!DOCTYPE config SYSTEM 'http://192.0.2.1/x.dtd'>\n<config/>"
        ),
        "2:1: a DOCTYPE is not allowed, nor are entities; remove it\n"
    );
    EXPECT_EQ(
        problems(config("<journal>&x;</journal>" + server)),
        "2:13: the entity &x; is unknown; write & as &amp;\n"
    );
}

TEST(Schema, OfATextThatIsNoXmlTheFirstErrorIsTold) {
    EXPECT_EQ(problems("hello"), "1:1: the file holds no XML element\n");
    EXPECT_EQ(problems(""), "1:1: the file is empty\n");
    EXPECT_EQ(problems("\xFF\xFE<\0"), "1:1: the file is UTF-16; save it as UTF-8\n");
    EXPECT_EQ(
        problems(std::string(rules::max_xml_bytes + 1, ' ')),
        "0:0: the file is larger than 1048576 bytes\n"
    );
    EXPECT_FALSE(problems(config(std::string(100'000, '<'))).empty());
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += "<a>";
    EXPECT_FALSE(problems(deep).empty());
}

TEST(Schema, NoMoreProblemsThanAnybodyReads) {
    std::string many = "<journal/>" + server;
    for (int i = 0; i < 1000; ++i) many += "<y" + std::to_string(i) + "/>";
    EXPECT_LE(rules::validate(xsd, config(many)).size(), rules::max_problems);
}

/// Nodes of `kind` that have no xs:documentation.
void undocumented(const pugi::xml_node& node, std::string& names) {
    const std::string kind = node.name();
    if ((kind == "xs:element" || kind == "xs:attribute") &&
        node.child("xs:annotation").child("xs:documentation").text().empty())
        names += std::string(node.attribute("name").value()) + " ";
    for (const auto child : node.children()) undocumented(child, names);
}

TEST(PolicySchema, EveryElementAndAttributeIsDocumented) {
    pugi::xml_document document;
    const auto text = rules::policy_schema();
    ASSERT_TRUE(document.load_buffer(text.data(), text.size()));
    std::string names;
    undocumented(document, names);
    EXPECT_EQ(names, "");
}

}  // namespace
