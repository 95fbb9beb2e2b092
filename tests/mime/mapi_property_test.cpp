#include "mime/mapi_property.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "mime/limits.hpp"
#include "tests/fakes/tnef_writer.hpp"

using mime::read_mapi_properties;
namespace tnef = fakes::tnef;

namespace {

/// Ids and values of those that were read, one a line; then the problem.
std::string shown(std::string_view bytes) {
    std::string all;
    const auto properties = read_mapi_properties(bytes);
    for (const auto& property : properties.list)
        all += fmt::format("{:04x}/{:04x} {}\n", property.id, property.type, property.value);
    return all + properties.problem;
}

const std::string last = tnef::string8(0x0037, "last");

/// What stands behind it can be read only where its size was understood.
std::string shown_before_last(const std::string& property) {
    return shown(tnef::properties({property, last}));
}

constexpr auto seen_last = std::string_view("0037/001e last\0\n", 16);

}  // namespace

TEST(MapiProperty, ValuesOfAnyLengthArePadded) {
    using namespace std::string_literals;
    EXPECT_EQ(
        shown_before_last(tnef::binary(0x1013, "12345")), "1013/0102 12345\n"s.append(seen_last)
    );
    EXPECT_EQ(
        shown_before_last(tnef::binary(0x1013, "1234")), "1013/0102 1234\n"s.append(seen_last)
    );
    EXPECT_EQ(
        shown_before_last(tnef::unicode(0x3707, u"ä")), "3707/001f \xE4\0\0\0\n"s.append(seen_last)
    );
}

TEST(MapiProperty, ValuesOfFixedLengthHaveNoCount) {
    const auto bytes = tnef::properties({tnef::number(0x3FDE, 65001), last});
    const auto properties = read_mapi_properties(bytes);
    EXPECT_EQ(properties.list.at(0).number(), 65001U);
    EXPECT_EQ(properties.list.at(1).id, 0x0037);
    const std::vector<std::pair<std::uint16_t, std::size_t>> sizes{
        {0x02, 4},
        {0x03, 4},
        {0x04, 4},
        {0x05, 8},
        {0x06, 8},
        {0x07, 8},
        {0x0A, 4},
        {0x0B, 4},
        {0x14, 8},
        {0x40, 8},
        {0x48, 16},
    };
    for (const auto& [type, size] : sizes) {
        const std::string value(size, 'v');
        EXPECT_EQ(
            shown_before_last(tnef::tag(0x0E07, type) + value),
            fmt::format("0e07/{:04x} {}\n", type, value).append(seen_last)
        );
    }
}

TEST(MapiProperty, OfSeveralValuesTheFirst) {
    const auto strings = tnef::tag(0x1234, 0x101E) + tnef::u32(3) + tnef::value("one") +
                         tnef::value("2") + tnef::value("");
    EXPECT_EQ(shown_before_last(strings), std::string("1234/001e one\n").append(seen_last));
    const auto numbers = tnef::tag(0x1234, 0x1003) + tnef::u32(2) + "aaaabbbb";
    EXPECT_EQ(shown_before_last(numbers), std::string("1234/0003 aaaa\n").append(seen_last));
    const auto none = tnef::tag(0x1234, 0x1003) + tnef::u32(0);
    EXPECT_EQ(shown_before_last(none), std::string("1234/0003 \n").append(seen_last));
}

TEST(MapiProperty, NamesAreReadOver) {
    const std::string guid(16, 'g');
    const auto value = tnef::u32(1) + tnef::value("named");
    const auto by_id = tnef::tag(0x8001, 0x0102) + guid + tnef::u32(0) + tnef::u32(0x8503) + value;
    EXPECT_EQ(shown_before_last(by_id), std::string("8001/0102 named\n").append(seen_last));
    const auto by_name = tnef::tag(0x8002, 0x0102) + guid + tnef::u32(1) +
                         tnef::value(tnef::utf16(u"Keywords")) + value;
    EXPECT_EQ(shown_before_last(by_name), std::string("8002/0102 named\n").append(seen_last));
}

TEST(MapiProperty, AnObjectBeginsWithItsInterface) {
    const auto bytes = tnef::properties({tnef::message("stream"), last});
    const auto properties = read_mapi_properties(bytes);
    EXPECT_EQ(properties.list.at(0).value, "stream");
    EXPECT_EQ(properties.list.at(0).interface.size(), 16U);
    EXPECT_EQ(properties.list.at(1).id, 0x0037);
}

TEST(MapiProperty, UnknownTypesEndTheReading) {
    EXPECT_EQ(
        shown(tnef::properties({last, tnef::tag(0x1234, 0x00FD), last})),
        std::string(seen_last) + "property 2 of 3 (0x1234): unknown type 0x00FD"
    );
}

TEST(MapiProperty, WhatIsCutOffIsKeptAsFarAsItGoes) {
    const auto whole = tnef::properties({tnef::binary(0x3701, "123456789")});
    EXPECT_EQ(
        shown(whole.substr(0, whole.size() - 6)),
        "3701/0102 123456\nproperty 1 of 1 (0x3701): is cut off"
    );
    EXPECT_EQ(shown(whole.substr(0, 10)), "property 1 of 1 (0x3701): is cut off");
    EXPECT_EQ(shown("ab"), "no list of properties");
    EXPECT_EQ(shown(""), "no list of properties");
}

TEST(MapiProperty, LyingSizesAndCountsEnd) {
    const auto huge = tnef::u32(0xFFFFFFFF);
    EXPECT_EQ(
        shown(tnef::u32(1) + tnef::tag(0x3701, 0x0102) + tnef::u32(1) + huge + "rest"),
        "3701/0102 rest\nproperty 1 of 1 (0x3701): is cut off"
    );
    EXPECT_EQ(
        shown(tnef::u32(1) + tnef::tag(0x3701, 0x0102) + huge + tnef::value("rest")),
        "3701/0102 rest\nproperty 1 of 1 (0x3701): is cut off"
    );
    EXPECT_EQ(
        shown(huge + tnef::number(0x0037, 0)),
        std::string("0037/0003 \0\0\0\0\n", 15) + "property 2 of 4294967295 (0x0000): is cut off"
    );
    EXPECT_EQ(
        shown(
            tnef::u32(1) + tnef::tag(0x8001, 0x0102) + std::string(16, 'g') + tnef::u32(1) + huge
        ),
        "property 1 of 1 (0x8001): is cut off"
    );
}

TEST(MapiProperty, MoreThanAreReadIsNamed) {
    std::string many = tnef::u32(20'000);
    for (int i = 0; i < 20'000; ++i) many += tnef::number(0x0037, 1);
    const auto properties = read_mapi_properties(many);
    EXPECT_EQ(properties.list.size(), mime::limits::mapi_properties);
    EXPECT_EQ(
        properties.problem, "property 10001 of 20000 (0x0037): more properties than are read"
    );
}
