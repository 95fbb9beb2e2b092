#include "rules/error.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

TEST(Checked, TheValueOfAFailureIsAnErrorOfTheProgramAndSaysWhatWasWrong) {
    const rules::Checked<int> failed = rules::Problems{{3, 4, "no such colour"}};
    try {
        static_cast<void>(failed.value());
        FAIL();
    } catch (const std::logic_error& error) {
        EXPECT_STREQ(error.what(), "no such colour");
    }
}

}  // namespace
