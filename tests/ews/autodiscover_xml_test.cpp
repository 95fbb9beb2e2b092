#include "ews/autodiscover_xml.hpp"

#include <gtest/gtest.h>

namespace {

using ews::errc;

std::string repeated(std::string_view part, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += part;
    return all;
}

/// The error of an answer that should be <A>; "" for none.
std::string problem(std::string bytes) {
    const ews::AutodiscoverXml xml(std::move(bytes));
    const auto root = xml.root("A");
    return root ? "" : root.error().text;
}

TEST(AutodiscoverXml, TakesTheRootByItsLocalName) {
    EXPECT_EQ(problem("\xEF\xBB\xBF<?xml version='1.0'?>\r\n<x:A xmlns:x='n'><B/></x:A>"), "");
    EXPECT_EQ(problem("<B/>"), "the answer is XML of another service: B");
}

TEST(AutodiscoverXml, ALoginPageIsTold) {
    const std::string page = "the answer is a web page, perhaps a login page";
    EXPECT_EQ(problem("<!DOCTYPE html><html><form>Password<input></form></html>"), page);
    EXPECT_EQ(problem("<HTML><body><p>Sign in<br></body></HTML>"), page);
    EXPECT_EQ(
        problem("\xEF\xBB\xBF\r\n<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><p>"), page
    );
}

TEST(AutodiscoverXml, ADoctypeIsNotRead) {
    EXPECT_EQ(
        problem("<!DOCTYPE A [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><A>&e;</A>"),
        "the answer holds a DOCTYPE, which is not read"
    );
}

TEST(AutodiscoverXml, WhatIsNoXmlIsNamed) {
    EXPECT_EQ(problem(""), "the answer is empty");
    EXPECT_EQ(problem("Bad Request"), "the answer is no XML");
    EXPECT_EQ(problem("<A><B></A>"), "the answer is broken XML: Start-end tags mismatch at byte 8");
}

TEST(AutodiscoverXml, ForbiddenCharactersAreCleanedAway) {
    const ews::AutodiscoverXml xml(
        "<A>a&#x1;b\x02"
        "c\xFF</A>"
    );
    const auto root = xml.root("A");
    ASSERT_TRUE(root);
    EXPECT_EQ(ews::setting(*root), "abc\xEF\xBF\xBD");
}

TEST(AutodiscoverXml, SizeDepthAndNumberAreBounded) {
    EXPECT_EQ(
        problem("<A>" + std::string(1024 * 1024, 'a') + "</A>"),
        "the answer is too large for Autodiscover: 1048583 bytes"
    );
    const std::string too_much =
        "the answer has more elements, or deeper ones, than Autodiscover has";
    EXPECT_EQ(problem("<A>" + repeated("<B/>", 20'000) + "</A>"), too_much);
    EXPECT_EQ(problem("<A>" + repeated("<B/>", 19'000) + "</A>"), "");
    EXPECT_EQ(problem("<A>" + repeated("<B>", 33) + repeated("</B>", 33) + "</A>"), too_much);
    EXPECT_EQ(problem("<A>" + repeated("<B>", 20) + repeated("</B>", 20) + "</A>"), "");
    EXPECT_EQ(
        problem("<A>" + repeated("<B>", 100'000) + repeated("</B>", 100'000) + "</A>"), too_much
    );
}

TEST(AutodiscoverXml, AnEndlessSettingIsNone) {
    const ews::AutodiscoverXml xml("<A>" + std::string(2049, 'a') + "</A>");
    EXPECT_EQ(ews::setting(*xml.root("A")), "");
}

TEST(AutodiscoverXml, WhatAServerSaysStaysOnOneLine) {
    EXPECT_EQ(ews::one_line("a\nhttps://b: found\tc\x7F"), "a https://b: found c ");
    EXPECT_EQ(ews::one_line(std::string(1000, 'a')).size(), 200u);
}

TEST(AutodiscoverXml, CodesOfBothDialectsHaveTheirMeaning) {
    EXPECT_EQ(ews::autodiscover_error("InvalidUser", "").code, errc::no_such_mailbox);
    EXPECT_EQ(ews::autodiscover_error("500", "").code, errc::no_such_mailbox);
    EXPECT_EQ(ews::autodiscover_error("ServerBusy", "").code, errc::unavailable);
    EXPECT_EQ(ews::autodiscover_error("Strange", "").code, errc::other);
    EXPECT_EQ(
        ews::autodiscover_error("InvalidUser", "Nobody\nhere.").text,
        "the server says InvalidUser: Nobody here."
    );
}

}  // namespace
