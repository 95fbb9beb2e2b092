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

bool has(const ews::ItemShape& shape, const ews::Field& field) {
    return std::find(shape.fields.begin(), shape.fields.end(), field) != shape.fields.end();
}

TEST(MailShape, AsksForSmtpAddressesOfInternalSenders) {
    EXPECT_TRUE(has(ews::mail_shape(), ews::sender_smtp_property()));
    EXPECT_TRUE(has(ews::mail_shape(), ews::from_smtp_property()));
}

TEST(PartsShape, AsksForAllThatAMailIsMadeOfExceptMime) {
    const auto shape = ews::parts_shape();
    EXPECT_FALSE(shape.mime);
    EXPECT_EQ(shape.body_type, "Best");
    for (const char* uri : {"item:Body", "item:Attachments", "message:BccRecipients"})
        EXPECT_TRUE(has(shape, ews::FieldUri{uri})) << uri;
    EXPECT_TRUE(has(shape, ews::state_property()));
}

TEST(NameShape, AsksForLittle) {
    pugi::xml_document document;
    ews::write_shape(document, ews::name_shape());
    EXPECT_EQ(ews::save(document), wire::minified(R"(
        <m:ItemShape>
          <t:BaseShape>IdOnly</t:BaseShape>
          <t:AdditionalProperties>
            <t:FieldURI FieldURI="item:Subject"/>
            <t:FieldURI FieldURI="message:InternetMessageId"/>
            <t:ExtendedFieldURI PropertyTag="0x1035" PropertyType="String"/>
          </t:AdditionalProperties>
        </m:ItemShape>)"));
}

TEST(ItemShape, TheBodyTypeStandsBehindMime) {
    pugi::xml_document document;
    ews::write_shape(document, ews::ItemShape{true, {}, "Best"});
    EXPECT_EQ(ews::save(document), wire::minified(R"(
        <m:ItemShape>
          <t:BaseShape>IdOnly</t:BaseShape>
          <t:IncludeMimeContent>true</t:IncludeMimeContent><t:BodyType>Best</t:BodyType>
        </m:ItemShape>)"));
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
