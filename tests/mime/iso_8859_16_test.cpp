#include "mime/iso_8859_16.hpp"

#include <gtest/gtest.h>

using mime::from_iso_8859_16;

TEST(Iso885916, RomanianAndItsNeighbours) {
    EXPECT_EQ(
        from_iso_8859_16("\xA5\xCE"
                         "nt\xE2lniri la Ia\xBAi\xB5"),
        "„Întâlniri la Iași”"
    );
    EXPECT_EQ(
        from_iso_8859_16("\xA3\xF3"
                         "d\xAE, Gy\xF5r, 5 \xA4"),
        "Łódź, Győr, 5 €"
    );
}

TEST(Iso885916, BeginAndEndOfTheUpperHalf) {
    EXPECT_EQ(from_iso_8859_16("\xA0\xA1\xFE\xFF"), "\u00A0Ąțÿ");
    EXPECT_EQ(from_iso_8859_16("\x80\x9F"), "\u0080\u009F");
}

TEST(Iso885916, AsciiStays) {
    EXPECT_EQ(from_iso_8859_16("a~\r\n"), "a~\r\n");
    EXPECT_EQ(from_iso_8859_16(""), "");
}
