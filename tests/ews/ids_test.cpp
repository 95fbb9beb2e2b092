#include "ews/ids.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

TEST(Ids, AnotherVersionOfAnItemIsTheSameItem) {
    const std::set<ews::ItemId> items{{"A", "1"}, {"A", "2"}, {"a", "1"}, {"B", ""}};
    EXPECT_EQ(items.size(), 3u);
}

TEST(Ids, DistinguishedFoldersHaveTheNamesOfTheSchema) {
    EXPECT_EQ(ews::to_text(ews::DistinguishedFolder::msgfolderroot), "msgfolderroot");
    EXPECT_EQ(ews::to_text(ews::DistinguishedFolder::sentitems), "sentitems");
    EXPECT_EQ(ews::to_text(ews::DistinguishedFolder::tasks), "tasks");
}

TEST(Ids, TheSameFolderOfAnotherMailboxIsAnotherFolder) {
    const ews::FolderRef mine(ews::DistinguishedFolder::inbox);
    const ews::FolderRef theirs(ews::DistinguishedFolder::inbox, "team@example.test");
    EXPECT_FALSE(mine == theirs);
}

}  // namespace
