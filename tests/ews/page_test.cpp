#include "ews/page.hpp"

#include "tests/ews/wire.hpp"

namespace {

ews::Page read(const char* xml, std::size_t reached) {
    pugi::xml_document document;
    document.load_string(xml);
    return ews::read_page(document.document_element(), reached);
}

TEST(Page, WritesAViewByOffset) {
    pugi::xml_document document;
    ews::write_page(document, "m:IndexedPageItemView", 20, 10);
    EXPECT_EQ(
        ews::save(document),
        R"(<m:IndexedPageItemView MaxEntriesReturned="10" Offset="20" BasePoint="Beginning"/>)"
    );
}

TEST(Page, NeverGoesBack) {
    const auto page = read("<r IndexedPagingOffset='3' IncludesLastItemInRange='false'/>", 10);
    EXPECT_EQ(page.next_offset, 10u);
    EXPECT_FALSE(page.is_last);
}

TEST(Page, IsTheLastUnlessTheServerSaysOtherwise) {
    EXPECT_TRUE(read("<r TotalItemsInView='3'/>", 3).is_last);
    EXPECT_TRUE(read("<r IncludesLastItemInRange='true'/>", 3).is_last);
    EXPECT_EQ(read("<r TotalItemsInView='3'/>", 3).total, 3u);
}

}  // namespace
