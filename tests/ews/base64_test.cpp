#include "ews/base64.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Base64, EncodesTheVectorsOfTheRfc) {
    EXPECT_EQ(ews::encode_base64(""), "");
    EXPECT_EQ(ews::encode_base64("f"), "Zg==");
    EXPECT_EQ(ews::encode_base64("fo"), "Zm8=");
    EXPECT_EQ(ews::encode_base64("foo"), "Zm9v");
    EXPECT_EQ(ews::encode_base64("foob"), "Zm9vYg==");
}

TEST(Base64, ReadsBackEveryByte) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    for (std::size_t size = 0; size <= bytes.size(); ++size)
        EXPECT_EQ(
            ews::decode_base64(ews::encode_base64(bytes.substr(0, size))), bytes.substr(0, size)
        );
}

TEST(Base64, SkipsWhiteSpaceAndForgivesMissingPadding) {
    EXPECT_EQ(ews::decode_base64(" Zm9v\r\n\tYg== "), "foob");
    EXPECT_EQ(ews::decode_base64("Zm9vYg"), "foob");
}

TEST(Base64, WhereItIsCutDoesNotMatter) {
    const std::string text = "Zm 9vYm\r\nFyYg==";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        ews::Base64Decoder decoder;
        std::string bytes = "before ";
        EXPECT_TRUE(decoder.feed(std::string_view(text).substr(0, cut), bytes));
        EXPECT_TRUE(decoder.feed(std::string_view(text).substr(cut), bytes));
        EXPECT_TRUE(decoder.end(bytes));
        EXPECT_EQ(bytes, "before foobarb") << cut;
    }
}

TEST(Base64, AfterAWrongCharacterNothingIsDecoded) {
    ews::Base64Decoder decoder;
    std::string bytes;
    EXPECT_FALSE(decoder.feed("Zm9v!Zm9v", bytes));
    EXPECT_FALSE(decoder.feed("Zm9v", bytes));
    EXPECT_FALSE(decoder.end(bytes));
    EXPECT_EQ(bytes, "foo");
}

TEST(Base64, RefusesWhatIsNone) {
    EXPECT_EQ(ews::decode_base64("Zm9v!"), std::nullopt);
    EXPECT_EQ(ews::decode_base64("Zm9vY"), std::nullopt);
    EXPECT_EQ(ews::decode_base64("Zg==Zg=="), std::nullopt);
}

}  // namespace
