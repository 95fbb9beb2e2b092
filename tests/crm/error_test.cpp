#include "crm/error.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

TEST(CrmError, OnlyWhatMendsItselfIsWorthAnotherTry) {
    EXPECT_TRUE(crm::is_transient(crm::errc::unreachable));
    EXPECT_TRUE(crm::is_transient(crm::errc::busy));
    for (const auto code :
         {crm::errc::refused,
          crm::errc::not_found,
          crm::errc::forbidden,
          crm::errc::misconfigured}) {
        EXPECT_FALSE(crm::is_transient(code)) << crm::to_text(code);
    }
}

TEST(CrmError, AnUncheckedErrorSaysWhatItWas) {
    const crm::Result<int> result = crm::Error{crm::errc::refused, "name too long", std::nullopt};
    try {
        static_cast<void>(result.value());
        FAIL() << "no exception";
    } catch (const std::logic_error& error) {
        EXPECT_STREQ(error.what(), "unchecked CRM error (refused): name too long");
    }
}

}  // namespace
