#include "crm/embedded/sha256.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Sha256OfTheCrm, GivesTheVectorOfTheStandardAtOnceAndInSlices) {
    const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    EXPECT_EQ(crm::embedded::sha256("abc"), abc);
    crm::embedded::Sha256 sliced;
    sliced.add("a");
    sliced.add("");
    sliced.add("bc");
    EXPECT_EQ(sliced.text(), abc);
}

}  // namespace
