#include "ews/item_shape.hpp"

#include "tests/ews/wire.hpp"

namespace {

TEST(ItemShape, WithoutWishesAsksForIdsOnly) {
    pugi::xml_document document;
    ews::write_shape(document, ews::ItemShape{});
    EXPECT_EQ(ews::save(document), "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>");
}

TEST(MailShape, AsksForOurMarkWhichNoServerReturnsUnasked) {
    const auto fields = ews::mail_shape().fields;
    EXPECT_NE(
        std::find(fields.begin(), fields.end(), ews::Field(ews::state_property())), fields.end()
    );
    EXPECT_FALSE(ews::mail_shape().mime);
}

TEST(FolderShape, NamesItsFields) {
    pugi::xml_document document;
    ews::write_shape(document, ews::FolderShape{{ews::FieldUri{"folder:DisplayName"}}});
    EXPECT_EQ(ews::save(document), wire::minified(R"(
        <m:FolderShape>
          <t:BaseShape>IdOnly</t:BaseShape>
          <t:AdditionalProperties><t:FieldURI FieldURI="folder:DisplayName"/></t:AdditionalProperties>
        </m:FolderShape>)"));
}

}  // namespace
