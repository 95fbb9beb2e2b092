#include "crm/content.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace {

std::string read(const crm::Content& content) {
    std::string bytes;
    const auto reader = content.open();
    for (auto piece = reader->next(); !piece.empty(); piece = reader->next()) bytes += piece;
    EXPECT_EQ(reader->next(), "") << "the end stays the end";
    return bytes;
}

TEST(Content, IsReadInPiecesAsOftenAsWanted) {
    const std::string bytes(1'000'000, 'x');
    const crm::Content content(bytes);
    EXPECT_EQ(content.size(), bytes.size());
    EXPECT_LT(content.open()->next().size(), bytes.size());
    EXPECT_EQ(read(content), bytes);
    EXPECT_EQ(read(content), bytes);
    EXPECT_EQ(content.whole(), bytes);
}

TEST(Content, TwoReadersDoNotDisturbEachOther) {
    const crm::Content content(std::string(600'000, 'x') + "end");
    const auto first = content.open();
    first->next();
    EXPECT_EQ(read(content).size(), 600'003U);
    EXPECT_FALSE(first->next().empty());
}

TEST(Content, KeepsWhatItsBytesNeed) {
    auto owner = std::make_shared<const std::string>("bytes");
    const std::weak_ptr<const std::string> alive = owner;
    std::optional<crm::Content> content(crm::Content(std::string_view(*owner).substr(1, 3), owner));
    owner.reset();
    const crm::Content copy = *content;
    content.reset();
    EXPECT_FALSE(alive.expired());
    EXPECT_EQ(copy.whole(), "yte");
}

TEST(Content, IsEqualByItsBytes) {
    EXPECT_EQ(crm::Content("a"), crm::Content(std::make_shared<const std::string>("a")));
    EXPECT_FALSE(crm::Content("a") == crm::Content("b"));
    EXPECT_FALSE(crm::Content("a") == crm::Content("aa"));
    EXPECT_EQ(crm::Content(), crm::Content(""));
}

}  // namespace
