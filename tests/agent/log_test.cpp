#include "agent/log.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "tests/agent/run.hpp"

namespace {

using agent::log::line;

TEST(Log, AnEventIsFollowedByItsFields) {
    EXPECT_EQ(line("filed", {}), "filed");
    EXPECT_EQ(line("filed", {{"job", "7"}, {"role", "inbox"}}), "filed job=7 role=inbox");
}

TEST(Log, AFieldWithoutAValueIsLeftOut) {
    EXPECT_EQ(line("filed", {{"subject", ""}, {"job", "7"}}), "filed job=7");
}

TEST(Log, WhatIsNotOneWordIsQuoted) {
    EXPECT_EQ(line("filed", {{"subject", "two words"}}), R"(filed subject="two words")");
    EXPECT_EQ(line("filed", {{"subject", "a=b"}}), R"(filed subject="a=b")");
    EXPECT_EQ(line("filed", {{"subject", "Grüße"}}), "filed subject=Grüße");
}

// A subject is written by strangers: it must not be able to forge a line or a field.
TEST(Log, NothingBreaksOutOfItsQuotes) {
    EXPECT_EQ(
        line("filed", {{"subject", "x\nINFO \"forged\" \\ job=1\r\t\x1b[31m\x7f"}}),
        R"(filed subject="x\nINFO \"forged\" \\ job=1\x0d\x09\x1b[31m\x7f")"
    );
    EXPECT_EQ(line("e", {{"k", std::string("a\0b", 3)}}), R"(e k="a\x00b")");
}

TEST(Log, ALineOnStandardErrorHasTimeAndLevel) {
    agent_test::LogCapture log;
    agent::log::info("listening", {{"folders", "2"}});
    agent::log::warning("waits");
    agent::log::error("failed", {{"why", "{}"}});
    const std::regex lines(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info listening folders=2\n)"
                           R"(\d{4}\S+Z warning waits\n)"
                           R"(\d{4}\S+Z error failed why=\{\}\n)");
    const auto text = log.text();
    EXPECT_TRUE(std::regex_match(text, lines)) << text;
}

}  // namespace
