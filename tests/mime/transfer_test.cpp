#include "mime/transfer.hpp"

#include <gtest/gtest.h>

using mime::decode_transfer;
using mime::TransferEncoding;

namespace {

std::string unbase(std::string_view raw) {
    return decode_transfer(raw, TransferEncoding::base64);
}
std::string unquote(std::string_view raw) {
    return decode_transfer(raw, TransferEncoding::quoted_printable);
}

std::size_t errors(std::string_view raw, TransferEncoding encoding) {
    std::size_t count = 0;
    decode_transfer(raw, encoding, &count);
    return count;
}

}  // namespace

TEST(Transfer, NamesInAnyCaseUnknownOnesAreIdentity) {
    EXPECT_EQ(mime::transfer_encoding(" BASE64 "), TransferEncoding::base64);
    EXPECT_EQ(mime::transfer_encoding("Quoted-Printable;"), TransferEncoding::quoted_printable);
    EXPECT_EQ(mime::transfer_encoding("x-uuencode"), TransferEncoding::identity);
}

TEST(Transfer, Base64OverLinesWithAndWithoutPadding) {
    EXPECT_EQ(unbase("SGVs\r\nbG8="), "Hello");
    EXPECT_EQ(unbase("SGVsbG8"), "Hello");
}

TEST(Transfer, Base64PiecesStrungTogether) {
    EXPECT_EQ(unbase("SGVsbG8=IQ=="), "Hello!");
}

TEST(Transfer, Base64IsOverWhereAListAppendsItsFooter) {
    const std::string_view raw = "SGVsbG8=\r\n-- \r\nTo leave the list write to us\r\n";
    EXPECT_EQ(unbase(raw), "Hello");
    EXPECT_EQ(errors(raw, TransferEncoding::base64), 1U);
}

TEST(Transfer, Base64CountsWhatDoesNotBelong) {
    EXPECT_EQ(unbase("SG*Vs#bG8="), "Hello");
    EXPECT_EQ(errors("SG*Vs#bG8=", TransferEncoding::base64), 2U);
    EXPECT_EQ(errors("SGVsbG8=\r\n", TransferEncoding::base64), 0U);
    EXPECT_EQ(errors("SGVsb", TransferEncoding::base64), 2U);
}

TEST(Transfer, QuotedPrintable) {
    EXPECT_EQ(unquote("Gr=C3=BC=c3=9fe"), "Grüße");
    EXPECT_EQ(unquote("one=\r\n line"), "one line");
    EXPECT_EQ(unquote("one= \t\r\n line"), "one line");
}

TEST(Transfer, QuotedPrintableDropsBlanksAtLineEnds) {
    EXPECT_EQ(unquote("a  \r\nb\t\nc"), "a\r\nb\nc");
    EXPECT_EQ(unquote("a b"), "a b");
}

TEST(Transfer, QuotedPrintableKeepsWhatIsNoEscape) {
    EXPECT_EQ(unquote("1=2 =XY =4"), "1=2 =XY =4");
    EXPECT_EQ(errors("=XY", TransferEncoding::quoted_printable), 1U);
    EXPECT_EQ(errors("=41", TransferEncoding::quoted_printable), 0U);
}

TEST(Transfer, SlicesOfAnySizeGiveTheSame) {
    const std::string raw = "Gr=C3=BC=\r\n=C3=9Fe  \r\n=3D=\r\nend =4";
    for (std::size_t size = 1; size < raw.size(); ++size) {
        mime::TransferDecoder decoder(TransferEncoding::quoted_printable);
        std::string out;
        for (std::size_t at = 0; at < raw.size(); at += size)
            decoder.read(std::string_view(raw).substr(at, size), out);
        decoder.finish(out);
        EXPECT_EQ(out, unquote(raw)) << size;
    }
}
