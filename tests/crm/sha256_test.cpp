#include "crm/sha256.hpp"

#include <gtest/gtest.h>

namespace {

// The vectors of FIPS 180-2, appendix B.
TEST(Sha256, GivesTheDigestsOfTheStandard) {
    EXPECT_EQ(
        crm::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(
        crm::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    );
    EXPECT_EQ(
        crm::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

TEST(Sha256, SlicesGiveTheDigestOfTheWhole) {
    crm::Sha256 digest;
    digest.add("a");
    digest.add("");
    digest.add("bc");
    EXPECT_EQ(digest.text(), crm::sha256("abc"));
}

}  // namespace
