#include "ews/item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using namespace std::chrono;

ews::Item read(const char* xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(xml));
    return ews::read_item(document.document_element());
}

TEST(Item, ReadsAWholeMail) {
    const auto item = read(R"(
        <t:Message>
          <t:MimeContent CharacterSet="UTF-8">aGk=</t:MimeContent>
          <t:ItemId Id="A" ChangeKey="K"/><t:ParentFolderId Id="F" ChangeKey="FK"/>
          <t:ItemClass>IPM.Note</t:ItemClass><t:Subject>Offer &amp; more</t:Subject>
          <t:DateTimeReceived>2026-11-23T09:00:00.123456789Z</t:DateTimeReceived><t:Size>2048</t:Size>
          <t:Categories><t:String>Red</t:String><t:String>CRM</t:String></t:Categories>
          <t:InReplyTo>&lt;1@a&gt;</t:InReplyTo><t:IsSubmitted>false</t:IsSubmitted>
          <t:IsDraft>0</t:IsDraft><t:IsFromMe>1</t:IsFromMe>
          <t:DateTimeSent>2026-11-23T08:59:58Z</t:DateTimeSent>
          <t:HasAttachments>true</t:HasAttachments>
          <t:ExtendedProperty>
            <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                PropertyName="MailferryState" PropertyType="String"/><t:Value>archived:1</t:Value>
          </t:ExtendedProperty>
          <t:LastModifiedTime>2026-11-23T09:00:01Z</t:LastModifiedTime>
          <t:Sender><t:Mailbox><t:Name>Desk</t:Name><t:EmailAddress>desk@b.test</t:EmailAddress></t:Mailbox></t:Sender>
          <t:From><t:Mailbox>
            <t:Name>Ann</t:Name><t:EmailAddress>/O=ORG/CN=ANN</t:EmailAddress><t:RoutingType>EX</t:RoutingType>
          </t:Mailbox></t:From>
          <t:InternetMessageId>&lt;2@a&gt;</t:InternetMessageId><t:IsRead>true</t:IsRead>
          <t:References>&lt;0@a&gt; &lt;1@a&gt;</t:References>
        </t:Message>)");
    ews::Item expected;
    expected.kind = "Message";
    expected.id = {"A", "K"};
    expected.parent = ews::FolderId{"F", "FK"};
    expected.item_class = "IPM.Note";
    expected.subject = "Offer & more";
    expected.internet_message_id = "<2@a>";
    expected.in_reply_to = "<1@a>";
    expected.references = "<0@a> <1@a>";
    expected.sender = ews::Correspondent{"Desk", "desk@b.test", ""};
    expected.from = ews::Correspondent{"Ann", "/O=ORG/CN=ANN", "EX"};
    const ews::Time nine = sys_days(2026y / November / 23) + 9h;
    expected.received = nine + 123ms;
    expected.sent = nine - 2s;
    expected.modified = nine + 1s;
    expected.size = 2048;
    expected.categories = {"Red", "CRM"};
    expected.is_from_me = expected.is_read = expected.has_attachments = true;
    expected.properties = {{ews::state_property(), {"archived:1"}}};
    expected.mime = "hi";
    EXPECT_EQ(item, expected);
    ASSERT_NE(ews::state_of(item), nullptr);
    EXPECT_EQ(*ews::state_of(item), "archived:1");
}

TEST(Item, TakesTheMessageIdOfOtherItemsFromTheirProperty) {
    const auto item = read(R"(
        <t:PostItem><t:ItemId Id="A"/>
          <t:ExtendedProperty>
            <t:ExtendedFieldURI PropertyTag="0x1035" PropertyType="String"/><t:Value>&lt;3@a&gt;</t:Value>
          </t:ExtendedProperty>
        </t:PostItem>)");
    EXPECT_EQ(item.kind, "PostItem");
    EXPECT_EQ(item.internet_message_id, "<3@a>");
    EXPECT_EQ(ews::state_of(item), nullptr);
}

TEST(Item, MimeThatIsEmptyOrBrokenCountsAsNone) {
    EXPECT_EQ(read("<t:Message><t:MimeContent/></t:Message>").mime, std::nullopt);
    EXPECT_EQ(read("<t:Message><t:MimeContent>!!!</t:MimeContent></t:Message>").mime, std::nullopt);
    EXPECT_EQ(read("<t:Message/>").mime, std::nullopt);
}

/// Of a mail from Ann, with these properties beside.
std::string address_of_from(const std::string& sender, const std::string& properties) {
    const std::string xml = "<t:Message>" + properties + "<t:Sender><t:Mailbox><t:EmailAddress>" +
                            sender +
                            "</t:EmailAddress></t:Mailbox></t:Sender><t:From><t:Mailbox>"
                            "<t:EmailAddress>/O=ORG/CN=ANN</t:EmailAddress>"
                            "<t:RoutingType>EX</t:RoutingType></t:Mailbox></t:From></t:Message>";
    return ews::smtp_address_of_from(read(xml.c_str()));
}

TEST(Item, KnowsTheSmtpAddressOfAnX500SenderFromItsProperties) {
    const auto property = [](const std::string& tag, const std::string& value) {
        return "<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='" + tag +
               "' PropertyType='String'/><t:Value>" + value + "</t:Value></t:ExtendedProperty>";
    };
    const std::string ann = "/O=ORG/CN=ANN", desk = "/O=ORG/CN=DESK";
    const std::string of_sender = property("0x5d01", "s@b.test");
    const std::string of_from = property("0x5d02", "f@b.test");
    EXPECT_EQ(address_of_from(ann, of_sender + of_from), "f@b.test");
    EXPECT_EQ(address_of_from(desk, of_sender + of_from), "f@b.test");
    EXPECT_EQ(address_of_from(ann, of_sender), "s@b.test");
    EXPECT_EQ(address_of_from(desk, of_sender), "") << "who sends on behalf of Ann is not Ann";
    EXPECT_EQ(address_of_from(ann, ""), "");
    const auto outside = read(
        "<t:Message><t:From><t:Mailbox><t:EmailAddress>c@d.test</t:EmailAddress>"
        "<t:RoutingType>SMTP</t:RoutingType></t:Mailbox></t:From></t:Message>"
    );
    EXPECT_EQ(ews::smtp_address_of_from(outside), "c@d.test");
}

TEST(Item, HasItsPartsWhereTheyWereAskedFor) {
    const auto item = read("<t:Message><t:Body BodyType='Text'>Hi</t:Body></t:Message>");
    EXPECT_EQ(item.parts.body, "Hi");
    EXPECT_FALSE(item.parts.is_html);
}

TEST(Items, AreReadWhateverTheirKind) {
    pugi::xml_document document;
    document.load_string(
        "<m:Items><t:Message><t:ItemId Id='A'/></t:Message><t:Contact><t:ItemId "
        "Id='B'/></t:Contact></m:Items>"
    );
    const auto items = ews::read_items(document.document_element());
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[1].kind, "Contact");
    EXPECT_EQ(items[1].id.id, "B");
}

}  // namespace
