#include "mime/file_name.hpp"

#include <gtest/gtest.h>

using mime::base_name;

TEST(FileName, OfAPathIsItsLastPart) {
    EXPECT_EQ(base_name("C:\\Users\\tom\\Rechnung.pdf"), "Rechnung.pdf");
    EXPECT_EQ(base_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(base_name("offer.pdf"), "offer.pdf");
    EXPECT_EQ(base_name("folder/"), "");
    EXPECT_EQ(base_name(".."), "");
}

TEST(FileName, HasNothingThatMisleadsAReader) {
    EXPECT_EQ(base_name("invoice\u202Efdp.exe"), "invoicefdp.exe");
    EXPECT_EQ(base_name("a\r\nProblem: b\x1B[2J\x7F.pdf"), "aProblem: b[2J.pdf");
    EXPECT_EQ(base_name("  Größe 2026.csv "), "Größe 2026.csv");
}
