#include "mime/tnef_attribute.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "mime/limits.hpp"
#include "tests/fakes/tnef_writer.hpp"

namespace tnef = fakes::tnef;

namespace {

/// Level, tag and data of each attribute but the version, then the problems, one a line.
std::string shown(std::string_view stream) {
    std::string all;
    const auto attributes = mime::read_tnef_attributes(stream);
    for (const auto& [level, tag, data] : attributes.list)
        if (static_cast<std::uint32_t>(tag) != 0x00089006)
            all += fmt::format(
                "{} {:08x} {}\n", static_cast<int>(level), static_cast<std::uint32_t>(tag), data
            );
    for (const auto& problem : attributes.problems) all += problem + '\n';
    return all;
}

const std::string whole =
    tnef::stream({tnef::of_message(0x00018004, "subject"), tnef::of_attachment(0x0006800F, "data")}
    );

}  // namespace

TEST(TnefAttribute, BothLevelsInTheirOrder) {
    EXPECT_EQ(shown(whole), "1 00018004 subject\n2 0006800f data\n");
}

TEST(TnefAttribute, ChecksumThatDoesNotMatchIsNamed) {
    auto damaged = whole;
    damaged[damaged.find("subject")] = 'S';
    EXPECT_EQ(
        shown(damaged),
        "1 00018004 Subject\n2 0006800f data\n"
        "attribute 0x00018004 at byte 21: its checksum does not match\n"
    );
}

TEST(TnefAttribute, WhatIsCutOffIsKeptAsFarAsItGoes) {
    const auto cut = "attribute 0x0006800F at byte 39: is cut off\n";
    const std::string before = "1 00018004 subject\n";
    EXPECT_EQ(shown(whole.substr(0, whole.size() - 1)), before + "2 0006800f data\n" + cut);
    EXPECT_EQ(shown(whole.substr(0, whole.size() - 3)), before + "2 0006800f dat\n" + cut);
    EXPECT_EQ(shown(whole.substr(0, whole.size() - 6)), before + cut);
    EXPECT_EQ(shown(whole.substr(0, 39)), before);
}

TEST(TnefAttribute, LyingSizesEndTheReading) {
    EXPECT_EQ(
        shown(tnef::stream({'\1' + tnef::u32(0x00018004) + tnef::u32(0xFFFFFFFF) + "rest"})),
        "1 00018004 rest\nattribute 0x00018004 at byte 21: is cut off\n"
    );
}

TEST(TnefAttribute, PaddingAtTheEndIsNoProblem) {
    EXPECT_EQ(shown(whole + std::string("\0\0\r\n", 4)), shown(whole));
    EXPECT_EQ(
        shown(whole + "junk"),
        shown(whole) + "byte 54: no attribute begins here; the rest is not read\n"
    );
}

TEST(TnefAttribute, OtherBytesAreNoTnef) {
    const std::string no = "message: is no TNEF: it does not begin with its signature\n";
    EXPECT_EQ(shown(""), no);
    EXPECT_EQ(shown("%PDF-1.4"), no);
    EXPECT_EQ(shown(whole.substr(0, 3)), no);
    EXPECT_EQ(shown(whole.substr(0, 5)), "message: is cut off\n");
    EXPECT_EQ(shown(whole.substr(0, 6)), "");
}

TEST(TnefAttribute, BoundsAreKept) {
    std::string many = tnef::stream({});
    for (std::size_t i = 0; i < mime::limits::tnef_attributes + 5; ++i)
        many += tnef::of_message(0x00018004, "x").substr(0, 10) + "??";
    const auto attributes = mime::read_tnef_attributes(many);
    EXPECT_EQ(attributes.list.size(), mime::limits::tnef_attributes);
    EXPECT_EQ(attributes.problems.size(), mime::limits::problems);
}
