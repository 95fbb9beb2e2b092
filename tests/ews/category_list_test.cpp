#include "ews/category_list.hpp"

#include "ews/base64.hpp"
#include "tests/ews/wire.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using ews::Category;

// Odd on purpose: quotes, spacing, unknown attributes and comments of a user's list must all
// survive.
const std::string list =
    "<?xml version='1.0'?>\r\n<categories default=\"Red\" xmlns='CategoryList.xsd'>\n"
    "  <category name='Red' color=\"0\" x-own='1' guid=\"{1}\" />\n"
    "  <!-- mine --><category color='7' name='Ünal &amp; Co'></category>\n"
    "  <category name=\"crm\" color='3'/>\n</categories>\n";

TEST(CategoryList, ReadsNamesAndColours) {
    const auto read = ews::read_category_list(list);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (std::vector<Category>{{"Red", 0}, {"Ünal & Co", 7}, {"crm", 3}}));
}

TEST(CategoryList, AddsWithoutTouchingAnotherByte) {
    const auto merged = ews::merge_category_list(list, {{"Processing Complete", 4}});
    ASSERT_TRUE(merged);
    ASSERT_TRUE(*merged);
    const std::string& xml = **merged;
    const auto end = list.find("</categories>");
    EXPECT_EQ(xml.substr(0, end), list.substr(0, end));
    EXPECT_TRUE(xml.ends_with(list.substr(end)));
    const std::string added = xml.substr(end, xml.size() - list.size());
    EXPECT_TRUE(added.starts_with(
        "<category name=\"Processing Complete\" color=\"4\" keyboardShortcut=\"0\" guid=\"{"
    )) << added;
}

TEST(CategoryList, KeepsTheColourThatTheUserChose) {
    const auto merged = ews::merge_category_list(list, {{"CRM", 9}, {"red", 5}});
    ASSERT_TRUE(merged);
    EXPECT_EQ(*merged, std::nullopt);
}

TEST(CategoryList, AddsEachNameOnceAndTheSameTwiceOver) {
    const auto once = ews::merge_category_list(list, {{"New", 1}, {"NEW", 2}});
    ASSERT_TRUE(once);
    ASSERT_TRUE(*once);
    EXPECT_EQ(ews::read_category_list(**once)->size(), 4u);
    EXPECT_EQ(*ews::merge_category_list(**once, {{"New", 1}}), std::nullopt);
    EXPECT_EQ(*ews::merge_category_list(list, {{"New", 1}, {"NEW", 2}}), *once);
}

TEST(CategoryList, ExtendsAnEmptyOneAndStartsANewOne) {
    const auto extended = ews::merge_category_list(
        "<p:categories xmlns:p='CategoryList.xsd'/>", {{"A \"<&>\x01", 99}}
    );
    ASSERT_TRUE(extended);
    ASSERT_TRUE(*extended);
    EXPECT_TRUE((*extended)->starts_with("<p:categories xmlns:p='CategoryList.xsd'><p:category "));
    EXPECT_EQ(*ews::read_category_list(**extended), (std::vector<Category>{{"A \"<&>", 24}}));
    const auto started = ews::merge_category_list("", {{"A", -1}});
    ASSERT_TRUE(started);
    ASSERT_TRUE(*started);
    EXPECT_EQ(*ews::read_category_list(**started), (std::vector<Category>{{"A", -1}}));
}

TEST(CategoryList, RefusesToDamageWhatItCannotRead) {
    EXPECT_FALSE(ews::merge_category_list("<categories><category", {{"A", 1}}));
    EXPECT_FALSE(ews::merge_category_list("<html/>", {{"A", 1}}));
    EXPECT_FALSE(ews::merge_category_list("<categories/><!-- </categories> -->", {{"A", 1}}));
}

class EnsureCategories : public testing::Test {
protected:
    ews::Result<bool> ensure() {
        ews::Client client(transport, {"https://mail.example.test/EWS/Exchange.asmx"});
        return wire::run(ews::ensure_categories(client, {{"CRM", 9}}));
    }

    void answer(std::string_view operation, std::string_view verdict, std::string_view content) {
        std::string name(operation);
        std::string body = "<m:" + name + "Response><m:ResponseMessages><m:" + name +
                           "ResponseMessage ResponseClass=\"" + std::string(verdict) + "\">";
        body += content;
        body += "</m:" + name + "ResponseMessage></m:ResponseMessages></m:" + name + "Response>";
        transport.answer(200, wire::enveloped(body));
    }

    void answer_list(std::string_view xml) {
        answer(
            "GetUserConfiguration",
            "Success",
            "<m:UserConfiguration><t:XmlData>" + ews::encode_base64(xml) +
                "</t:XmlData></m:UserConfiguration>"
        );
    }

    fakes::Transport transport;
};

TEST_F(EnsureCategories, WritesNothingWhereTheUserHasThem) {
    answer_list(list);
    EXPECT_EQ(ensure().value(), false);
    EXPECT_EQ(transport.asked.size(), 1u);
}

TEST_F(EnsureCategories, UpdatesAListThatLacksOne) {
    answer_list("<categories xmlns='CategoryList.xsd'/>");
    answer("UpdateUserConfiguration", "Success", "");
    EXPECT_EQ(ensure().value(), true);
    EXPECT_NE(transport.asked.at(1).body.find("<m:UpdateUserConfiguration>"), std::string::npos);
}

TEST_F(EnsureCategories, CreatesTheListOfAnUnusedMailbox) {
    answer("GetUserConfiguration", "Error", "<m:ResponseCode>ErrorItemNotFound</m:ResponseCode>");
    answer("CreateUserConfiguration", "Success", "");
    EXPECT_EQ(ensure().value(), true);
    EXPECT_NE(transport.asked.at(1).body.find("<m:CreateUserConfiguration>"), std::string::npos);
}

TEST_F(EnsureCategories, LeavesADamagedListAlone) {
    answer_list("<categories><broken");
    EXPECT_FALSE(ensure());
    EXPECT_EQ(transport.asked.size(), 1u);
}

}  // namespace
