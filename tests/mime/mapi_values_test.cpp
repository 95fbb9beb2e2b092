#include "mime/mapi_values.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/tnef_writer.hpp"

using mime::MapiValues;
namespace pid = mime::pid;
namespace tnef = fakes::tnef;

TEST(MapiValues, StringsOfBothKinds) {
    const auto list = tnef::properties(
        {tnef::string8(0x0037, "\xD1\xEA"),
         tnef::unicode(0x1000, u"日本 \U0001F600"),
         tnef::binary(0x1013, "<b>")}
    );
    MapiValues values;
    EXPECT_EQ(values.add(list), "");
    EXPECT_EQ(values.string(pid::subject, 1251), "Ск");
    EXPECT_EQ(values.string(pid::subject, 0), "Ñê");
    EXPECT_EQ(values.string(pid::body, 1251), "日本 \U0001F600");
    EXPECT_EQ(values.string(pid::html, 1251), "");
    EXPECT_EQ(values.string(pid::display_name, 1251), "");
}

TEST(MapiValues, BrokenUtf16IsReadAsFarAsItGoes) {
    const auto list = tnef::properties(
        {tnef::tag(0x0037, 0x001F) + tnef::u32(1) +
         tnef::value(std::string(
             "a\0\x00\xD8"
             "b\0c",
             7
         ))}
    );
    MapiValues values;
    values.add(list);
    EXPECT_EQ(values.string(pid::subject, 0), "a\uFFFDb\uFFFD");
}

TEST(MapiValues, Numbers) {
    const auto list = tnef::properties({tnef::number(0x3FDE, 65001)});
    MapiValues values;
    values.add(list);
    EXPECT_EQ(values.number(pid::internet_codepage), 65001U);
    EXPECT_EQ(values.number(pid::message_codepage), 0U);
}

TEST(MapiValues, OfSeveralOfAnIdTheLastCounts) {
    const auto one = tnef::properties({tnef::string8(0x0037, "a"), tnef::string8(0x0037, "b")});
    const auto two = tnef::properties({tnef::string8(0x0037, "c")});
    MapiValues values;
    values.add(one);
    EXPECT_EQ(values.string(pid::subject, 0), "b");
    values.add(two);
    EXPECT_EQ(values.string(pid::subject, 0), "c");
}

TEST(MapiValues, OthersAreNotKept) {
    const auto list = tnef::properties({tnef::number(0x0E07, 1)});
    MapiValues values;
    values.add(list);
    EXPECT_EQ(values.find(0x0E07), nullptr);
}

TEST(MapiValues, WhatWasReadBeforeAProblemIsKept) {
    const auto list = tnef::properties({tnef::string8(0x0037, "a"), tnef::tag(0x1234, 0x00FD)});
    MapiValues values;
    EXPECT_EQ(values.add(list), "property 2 of 2 (0x1234): unknown type 0x00FD");
    EXPECT_EQ(values.string(pid::subject, 0), "a");
}
