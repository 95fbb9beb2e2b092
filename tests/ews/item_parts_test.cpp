#include "ews/item_parts.hpp"

#include "tests/ews/wire.hpp"

namespace {

ews::ItemParts read(const char* xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(xml));
    return ews::read_parts(document.document_element());
}

TEST(ItemParts, AreBodyPeopleHeadersAndTheListOfFiles) {
    const auto parts = read(R"(
        <t:Message>
          <t:Body BodyType="HTML" IsTruncated="false">&lt;p&gt;Hi&lt;/p&gt;</t:Body>
          <t:Attachments>
            <t:FileAttachment>
              <t:AttachmentId Id="F1"/><t:Name>offer.pdf</t:Name>
              <t:ContentType>application/pdf</t:ContentType><t:Size>2048</t:Size>
              <t:IsInline>false</t:IsInline>
            </t:FileAttachment>
            <t:FileAttachment>
              <t:AttachmentId Id="F2"/><t:Name>logo.png</t:Name><t:ContentId>logo@a</t:ContentId>
              <t:IsInline>true</t:IsInline>
            </t:FileAttachment>
            <t:ItemAttachment><t:AttachmentId Id="I1"/><t:Name>The mail before</t:Name></t:ItemAttachment>
          </t:Attachments>
          <t:InternetMessageHeaders>
            <t:InternetMessageHeader HeaderName="Received">from a by b</t:InternetMessageHeader>
            <t:InternetMessageHeader HeaderName="X-Mailer">M 1</t:InternetMessageHeader>
          </t:InternetMessageHeaders>
          <t:ToRecipients>
            <t:Mailbox>
              <t:Name>Ann</t:Name><t:EmailAddress>ann@a.test</t:EmailAddress>
              <t:RoutingType>SMTP</t:RoutingType>
            </t:Mailbox>
            <t:Mailbox>
              <t:Name>Ben</t:Name><t:EmailAddress>/O=A/CN=BEN</t:EmailAddress>
              <t:RoutingType>EX</t:RoutingType>
            </t:Mailbox>
          </t:ToRecipients>
          <t:CcRecipients><t:Mailbox><t:Name>Cy</t:Name></t:Mailbox></t:CcRecipients>
          <t:BccRecipients>
            <t:Mailbox><t:EmailAddress>dee@a.test</t:EmailAddress></t:Mailbox>
          </t:BccRecipients>
          <t:ReplyTo><t:Mailbox><t:EmailAddress>desk@a.test</t:EmailAddress></t:Mailbox></t:ReplyTo>
        </t:Message>)");
    ews::ItemParts expected;
    expected.body = "<p>Hi</p>";
    expected.is_html = true;
    expected.to = {{"Ann", "ann@a.test", "SMTP"}, {"Ben", "/O=A/CN=BEN", "EX"}};
    expected.cc = {{"Cy", "", ""}};
    expected.bcc = {{"", "dee@a.test", ""}};
    expected.reply_to = {{"", "desk@a.test", ""}};
    expected.headers = {{"Received", "from a by b"}, {"X-Mailer", "M 1"}};
    expected.attachments = {
        {{"F1"}, "FileAttachment", "offer.pdf", "application/pdf", "", 2048, false},
        {{"F2"}, "FileAttachment", "logo.png", "", "logo@a", 0, true},
        {{"I1"}, "ItemAttachment", "The mail before", "", "", 0, false}};
    EXPECT_EQ(parts, expected);
}

TEST(ItemParts, OfAnItemThatWasNotAskedForThemAreNone) {
    EXPECT_EQ(read("<t:Message><t:Subject>Hi</t:Subject></t:Message>"), ews::ItemParts{});
}

}  // namespace
