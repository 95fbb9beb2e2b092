#include "mime/compressed_rtf.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/tnef_writer.hpp"

using fakes::tnef::compressed_rtf;
using fakes::tnef::u32;
using mime::decompress_rtf;

namespace {

using Problems = std::vector<std::string>;

constexpr std::size_t plenty = 1'000'000;

std::string decompressed(std::string_view bytes) {
    const auto result = decompress_rtf(bytes, plenty);
    EXPECT_EQ(result.problems, Problems());
    return result.rtf;
}

Problems problems(std::string_view bytes) {
    return decompress_rtf(bytes, plenty).problems;
}

/// A reference of `length` bytes to a place of the dictionary.
std::string reference(unsigned place, unsigned length) {
    const auto both = place << 4U | (length - 2);
    return {static_cast<char>(both >> 8U), static_cast<char>(both & 0xFFU)};
}

}  // namespace

TEST(CompressedRtf, LiteralsAlone) {
    EXPECT_EQ(decompressed(compressed_rtf("{\\rtf1 seven}")), "{\\rtf1 seven}");
    EXPECT_EQ(decompressed(compressed_rtf("12345678")), "12345678");
    EXPECT_EQ(decompressed(compressed_rtf("")), "");
}

TEST(CompressedRtf, ReferencesIntoWhatTheDictionaryBeginsWith) {
    // "{\rtf1\ansi" stands at its beginning, "\par " at 170, and the writing begins at 207.
    const auto contents =
        '\x0B' + reference(0, 11) + reference(170, 5) + 'x' + reference(223 + 1, 2);
    EXPECT_EQ(decompressed(compressed_rtf(contents, 17)), "{\\rtf1\\ansi\\par x");
}

TEST(CompressedRtf, AReferenceMayRunIntoWhatItWrites) {
    const auto contents = '\x06' + std::string("a") + reference(207, 17) + reference(225, 2);
    EXPECT_EQ(decompressed(compressed_rtf(contents, 18)), std::string(18, 'a'));
}

TEST(CompressedRtf, TheDictionaryIsARing) {
    std::string text;
    for (int i = 0; text.size() < 10'000; ++i) text += std::to_string(i) + ' ';
    EXPECT_EQ(decompressed(compressed_rtf(text)), text);
}

TEST(CompressedRtf, ExampleOfTheSpecification) {  // MS-OXRTFCP 3
    const std::string bytes(
        "\x03\0\x0a\0rcpg125"
        "B2\x0a\xf3 hel\x09\0 bw\x05\xb0ld}\x0a\x80\x0f\xa0",
        33
    );
    EXPECT_EQ(
        decompressed(u32(0x2D) + u32(0x2B) + "LZFu" + u32(0xA7C7C5F1) + bytes),
        "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    );
}

TEST(CompressedRtf, NotCompressedAtAll) {
    EXPECT_EQ(decompressed(u32(12 + 7) + u32(7) + "MELA" + u32(0) + "{\\rtf1}"), "{\\rtf1}");
    EXPECT_EQ(decompressed(u32(12 + 9) + u32(7) + "MELA" + u32(0) + "{\\rtf1}??"), "{\\rtf1}");
}

TEST(CompressedRtf, WhatIsCutOffIsReadAsFarAsItGoes) {
    const auto whole = compressed_rtf("{\\rtf1 hello world}");
    const auto cut = decompress_rtf(std::string_view(whole).substr(0, 16 + 1 + 8 + 1 + 2), plenty);
    EXPECT_EQ(cut.rtf, "{\\rtf1 hel");
    EXPECT_EQ(
        cut.problems,
        Problems({"compressed RTF is cut off", "checksum of the compressed RTF does not match"})
    );
    EXPECT_EQ(problems(whole.substr(0, 15)), Problems({"compressed RTF without a whole header"}));
}

TEST(CompressedRtf, DamageIsNamed) {
    auto damaged = compressed_rtf("{\\rtf1 hello world}");
    damaged[17] = '[';
    const auto result = decompress_rtf(damaged, plenty);
    EXPECT_EQ(result.rtf, "[\\rtf1 hello world}");
    EXPECT_EQ(result.problems, Problems({"checksum of the compressed RTF does not match"}));
    EXPECT_EQ(
        problems(compressed_rtf(std::string("\0abc", 4), 3)),
        Problems({"compressed RTF does not end"})
    );
    EXPECT_EQ(
        problems(u32(12) + u32(0) + "LZMA" + u32(0)),
        Problems({"RTF is compressed in an unknown way"})
    );
}

TEST(CompressedRtf, NeverMoreThanIsAskedFor) {
    std::string contents(
        "\xFE"
        "a"
    );
    for (int i = 0; i < 7; ++i) contents += reference(207, 17);
    for (const std::size_t most : {0U, 1U, 5U, 100U}) {
        const auto result = decompress_rtf(compressed_rtf(contents, 120), most);
        EXPECT_EQ(result.rtf, std::string(most, 'a'));
        EXPECT_EQ(result.problems, Problems({"more RTF than is read"}));
    }
}
