#include "ews/operations/get_attachment.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::GetAttachment;

TEST(GetAttachment, AsksForAttachedMailsAsMime) {
    EXPECT_EQ(wire::written(GetAttachment{{{"A"}, {"B"}}}), wire::minified(R"(
        <m:GetAttachment>
          <m:AttachmentShape>
            <t:IncludeMimeContent>true</t:IncludeMimeContent><t:BodyType>Best</t:BodyType>
          </m:AttachmentShape>
          <m:AttachmentIds><t:AttachmentId Id="A"/><t:AttachmentId Id="B"/></m:AttachmentIds>
        </m:GetAttachment>)"));
}

TEST(GetAttachment, AsksForTheirPropertiesWhereMimeCannotBeMade) {
    EXPECT_EQ(wire::written(GetAttachment{{{"A"}}, false}), wire::minified(R"(
        <m:GetAttachment>
          <m:AttachmentShape><t:BodyType>Best</t:BodyType></m:AttachmentShape>
          <m:AttachmentIds><t:AttachmentId Id="A"/></m:AttachmentIds>
        </m:GetAttachment>)"));
}

TEST(GetAttachment, OneFailedAttachmentDoesNotHideTheOthers) {
    const GetAttachment operation{{{"A"}, {"B"}, {"C"}, {"D"}, {"E"}}};
    const auto reply = wire::read(operation, R"(
        <m:GetAttachmentResponse><m:ResponseMessages>
          <m:GetAttachmentResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorCannotOpenFileAttachment</m:ResponseCode><m:Attachments/>
          </m:GetAttachmentResponseMessage>
          <m:GetAttachmentResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Attachments><t:FileAttachment>
              <t:AttachmentId Id="B"/><t:Name>five.bin</t:Name><t:Content>AQIDBAU=</t:Content>
            </t:FileAttachment></m:Attachments>
          </m:GetAttachmentResponseMessage>
          <m:GetAttachmentResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Attachments><t:ItemAttachment>
              <t:AttachmentId Id="C"/><t:Name>Before</t:Name>
              <t:Message>
                <t:MimeContent>U3ViamVjdDogYQ0KDQpoaQ0K</t:MimeContent><t:Subject>a</t:Subject>
              </t:Message>
            </t:ItemAttachment></m:Attachments>
          </m:GetAttachmentResponseMessage>
          <m:GetAttachmentResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Attachments><t:FileAttachment>
              <t:AttachmentId Id="D"/><t:Name>empty.txt</t:Name><t:Content/>
            </t:FileAttachment></m:Attachments>
          </m:GetAttachmentResponseMessage>
          <m:GetAttachmentResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Attachments><t:ReferenceAttachment>
              <t:AttachmentId Id="E"/><t:Name>elsewhere.docx</t:Name>
            </t:ReferenceAttachment></m:Attachments>
          </m:GetAttachmentResponseMessage>
        </m:ResponseMessages></m:GetAttachmentResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::corrupt);
    EXPECT_EQ(reply->at(1)->about.name, "five.bin");
    EXPECT_EQ(reply->at(1)->bytes, "\x01\x02\x03\x04\x05");
    EXPECT_EQ(reply->at(1)->item, std::nullopt);
    EXPECT_EQ(reply->at(2)->about.kind, "ItemAttachment");
    EXPECT_EQ(reply->at(2)->bytes, std::nullopt);
    ASSERT_TRUE(reply->at(2)->item);
    EXPECT_EQ(reply->at(2)->item->subject, "a");
    EXPECT_EQ(reply->at(2)->item->mime, "Subject: a\r\n\r\nhi\r\n");
    EXPECT_EQ(reply->at(3)->bytes, "");
    EXPECT_EQ(reply->at(4)->bytes, std::nullopt);
    EXPECT_EQ(reply->at(4)->item, std::nullopt);
}

TEST(GetAttachment, ASuccessWithoutAnAttachmentOrWithContentThatIsNoBase64IsNoSuccess) {
    const auto reply = wire::read(GetAttachment{{{"A"}, {"B"}}}, R"(
        <m:GetAttachmentResponse><m:ResponseMessages>
          <m:GetAttachmentResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode><m:Attachments/>
          </m:GetAttachmentResponseMessage>
          <m:GetAttachmentResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Attachments><t:FileAttachment><t:Content>!!!</t:Content></t:FileAttachment></m:Attachments>
          </m:GetAttachmentResponseMessage>
        </m:ResponseMessages></m:GetAttachmentResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->at(0).error().code, ews::errc::protocol);
    EXPECT_EQ(reply->at(1).error().code, ews::errc::protocol);
}

}  // namespace
