#include "rules/vocabulary.hpp"

#include <gtest/gtest.h>

namespace {

TEST(RecordKind, ReadsWhatItWrites) {
    for (const auto* text :
         {"user",
          "contact",
          "lead",
          "account",
          "opportunity",
          "case",
          "project",
          "quote",
          "email"}) {
        const auto kind = rules::record_kind(text);
        ASSERT_TRUE(kind) << text;
        EXPECT_EQ(to_text(*kind), text);
    }
    EXPECT_FALSE(rules::record_kind("Case"));
    EXPECT_FALSE(rules::record_kind(""));
}

TEST(Role, ReadsWhatItWrites) {
    for (const auto* text :
         {"create-new/email",
          "create-new/opportunity",
          "create-new/case",
          "create-new/project",
          "create-new/quote",
          "assign-to/case/17",
          "assign-to/project/a/b",
          "inbox",
          "sent-items"}) {
        const auto role = rules::role(text);
        ASSERT_TRUE(role) << text;
        EXPECT_EQ(to_text(*role), text);
    }
}

TEST(Role, KnowsNoOtherFolders) {
    for (const auto* text :
         {"",
          "Inbox",
          "create-new",
          "create-new/",
          "create-new/contact",
          "create-new/case/1",
          "assign-to/case",
          "assign-to/case/",
          "assign-to/email/1",
          "assign-to/user/1",
          "drafts"})
        EXPECT_FALSE(rules::role(text)) << text;
}

}  // namespace
