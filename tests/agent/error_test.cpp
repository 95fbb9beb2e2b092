#include "agent/error.hpp"

#include <gtest/gtest.h>

namespace {

using agent::errc;

TEST(Error, WhatACrmSaysBecomesWhatTheAgentDoes) {
    const std::pair<crm::errc, errc> reactions[] = {
        {crm::errc::unreachable, errc::unreachable},
        {crm::errc::busy, errc::unreachable},
        {crm::errc::refused, errc::permanent},
        {crm::errc::not_found, errc::outdated},
        {crm::errc::forbidden, errc::denied},
        {crm::errc::misconfigured, errc::denied}};
    for (const auto& [code, reaction] : reactions) {
        const auto error = agent::from(crm::Error{code, "why", std::chrono::milliseconds(5)});
        const agent::Error expected{reaction, "why", std::chrono::milliseconds(5)};
        EXPECT_EQ(error, expected) << crm::to_text(code);
    }
}

TEST(Error, AResultThatIsUsedUncheckedThrowsItsText) {
    const agent::Result<int> result = agent::Error{errc::gone, "no item", {}};
    try {
        static_cast<void>(result.value());
        FAIL();
    } catch (const std::runtime_error& thrown) {
        EXPECT_STREQ(thrown.what(), "no item");
    }
}

}  // namespace
