#include "mime/parameter.hpp"

#include <gtest/gtest.h>

using mime::read_parameters;

TEST(Parameter, ValueAndNamesAreLowered) {
    const auto type = read_parameters("Text/Plain; CHARSET=\"UTF-8\"; Format=flowed");
    EXPECT_EQ(type.value, "text/plain");
    EXPECT_EQ(type.find("charset"), "UTF-8");
    EXPECT_EQ(type.find("format"), "flowed");
    EXPECT_EQ(type.find("name"), std::nullopt);
}

TEST(Parameter, QuotedValuesMayHoldSemicolonsAndQuotes) {
    EXPECT_EQ(
        read_parameters(R"(attachment; filename="a\"b;c.pdf"; x=1)").find("filename"), "a\"b;c.pdf"
    );
}

TEST(Parameter, CommentsArePassedOver) {
    const auto type = read_parameters("text/plain (plain; old); (c) charset=utf-8 (which else)");
    EXPECT_EQ(type.value, "text/plain");
    EXPECT_EQ(type.find("charset"), "utf-8");
}

TEST(Parameter, BlanksInAnUnquotedNameAreKept) {
    EXPECT_EQ(read_parameters("a/b; name=my offer.pdf; x=1").find("name"), "my offer.pdf");
}

TEST(Parameter, Rfc2231CharsetAndPercentSigns) {
    EXPECT_EQ(
        read_parameters("attachment; filename*=iso-8859-1'de'Gr%FC%DFe.txt").find("filename"),
        "Grüße.txt"
    );
}

TEST(Parameter, Rfc2231PiecesInAnyOrder) {
    const auto value = read_parameters(
        "attachment; filename*1=\" part%20two\"; filename*0*=utf-8''T%C3%BCr; filename*2*=%2Etxt"
    );
    EXPECT_EQ(value.find("filename"), "Tür part%20two.txt");
}

TEST(Parameter, ExtendedFormWinsOverThePlainOne) {
    EXPECT_EQ(
        read_parameters("attachment; filename=\"T_r.txt\"; filename*=utf-8''T%C3%BCr.txt")
            .find("filename"),
        "Tür.txt"
    );
}

TEST(Parameter, EncodedWordsWhereTheyDoNotBelong) {
    EXPECT_EQ(read_parameters("a/b; name=\"=?utf-8?B?VMO8ci50eHQ=?=\"").find("name"), "Tür.txt");
}

TEST(Parameter, FirstOfTwoEqualNamesWins) {
    EXPECT_EQ(read_parameters("a/b; x=1; x=2").find("x"), "1");
}

TEST(Parameter, DebrisIsNoReasonToFail) {
    EXPECT_EQ(read_parameters("").value, "");
    EXPECT_EQ(read_parameters(";;;=;").parameters.size(), 0U);
    EXPECT_EQ(read_parameters("a/b; x=\"open").find("x"), "open");
    EXPECT_EQ(read_parameters("a/b; (open; x=1").find("x"), std::nullopt);
    EXPECT_EQ(read_parameters("a/b; x*99999999999999*=u''v").find("x"), "v");
}

TEST(Parameter, EncodedWordsStandInRfc2231AsWell) {
    EXPECT_EQ(read_parameters("a/b; name*=\"=?utf-8?Q?=C3=BC.txt?=\"").find("name"), "ü.txt");
    EXPECT_EQ(
        read_parameters("a/b; name*0=\"=?utf-8?Q?=C3=BC\"; name*1=\".txt?=\"").find("name"), "ü.txt"
    );
}

TEST(Parameter, OctetMayBeCutBetweenTwoSegments) {
    EXPECT_EQ(read_parameters("a/b; name*0*=utf-8''%C3%B; name*1*=C.txt").find("name"), "ü.txt");
}

TEST(Parameter, FirstSemicolonMayBeMissing) {
    const auto type = read_parameters("text/plain charset=koi8-r; x=1");
    EXPECT_EQ(type.value, "text/plain");
    EXPECT_EQ(type.find("charset"), "koi8-r");
    EXPECT_EQ(type.find("x"), "1");
    EXPECT_EQ(read_parameters("text/plain plain; x=1").find("x"), "1");
}
