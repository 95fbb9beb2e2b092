#include "agent/fetch_parts.hpp"

#include <gtest/gtest.h>

#include "mime/attachment.hpp"
#include "mime/parse.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/soap.hpp"

namespace {

std::string listed(const std::string& kind, const std::string& id, const std::string& size = "9") {
    return "<t:" + kind + "><t:AttachmentId Id=\"" + id + "\"/><t:Name>" + id +
           "</t:Name><t:Size>" + size + "</t:Size></t:" + kind + ">";
}

class FetchParts : public testing::Test {
protected:
    void item(const std::string& attachments, const std::string& kind = "Message") {
        talk_.succeed(
            "GetItem",
            "<m:Items><t:" + kind +
                "><t:ItemId Id=\"I\"/><t:Subject>odd</t:Subject>"
                "<t:Body BodyType=\"Text\">Hello</t:Body><t:Attachments>" +
                attachments +
                "</t:Attachments><t:From><t:Mailbox><t:EmailAddress>ann@acme.example"
                "</t:EmailAddress></t:Mailbox></t:From></t:" +
                kind + "></m:Items>"
        );
    }
    /// Of one GetAttachment for each.
    void attachments(const std::vector<std::string>& contents) {
        std::string messages;
        for (const std::string& one : contents)
            messages +=
                "<m:GetAttachmentResponseMessage ResponseClass=\"Success\"><m:ResponseCode>"
                "NoError</m:ResponseCode><m:Attachments>" +
                one + "</m:Attachments></m:GetAttachmentResponseMessage>";
        talk_.transport.answer(
            200,
            R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>)"
            "<m:GetAttachmentResponse><m:ResponseMessages>" +
                messages + "</m:ResponseMessages></m:GetAttachmentResponse></s:Body></s:Envelope>"
        );
    }
    static std::string file(const std::string& base64) {
        return "<t:FileAttachment><t:Content>" + base64 + "</t:Content></t:FileAttachment>";
    }
    static std::string mail(const std::string& properties) {
        return "<t:ItemAttachment><t:Message>" + properties + "</t:Message></t:ItemAttachment>";
    }
    agent::Result<ews::Item> fetch() {
        return agent_test::run(agent::fetch_parts(talk_.client, "I"));
    }
    std::string asked_attachments() const {
        return talk_.asked("<m:AttachmentIds>", "</m:AttachmentIds>");
    }

    agent_test::SoapTalk talk_;
};

TEST_F(FetchParts, AskForTheItemWithoutMimeAndForItsFiles) {
    item(listed("FileAttachment", "F1") + listed("FileAttachment", "F2"));
    attachments({file("QQ=="), file("Qg==")});
    const auto made = fetch();
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(made->subject, "odd");
    const mime::Message read = mime::parse(made->mime.value());
    EXPECT_EQ(read.subject, "odd");
    EXPECT_EQ(read.from.at(0).address, "ann@acme.example");
    EXPECT_EQ(read.text, "Hello");
    ASSERT_EQ(read.attachments.size(), 2U);
    EXPECT_EQ(read.attachments[1].filename, "F2");
    EXPECT_EQ(mime::decode(read.attachments[1]), "B");
    EXPECT_EQ(talk_.asked("<t:IncludeMimeContent>", "<"), "true\n") << "of attached mails only";
    EXPECT_EQ(asked_attachments(), "<t:AttachmentId Id=\"F1\"/><t:AttachmentId Id=\"F2\"/>\n");
}

TEST_F(FetchParts, BigFilesAreAskedForAloneAndManyAFewAtATime) {
    std::string all = listed("FileAttachment", "A") + listed("FileAttachment", "B", "5000000");
    for (int i = 0; i < 11; ++i) all += listed("FileAttachment", "C");
    item(all);
    attachments({file("QQ==")});
    attachments({file("QQ==")});
    attachments(std::vector<std::string>(10, file("QQ==")));
    attachments({file("QQ==")});
    const auto made = fetch();
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(mime::parse(made->mime.value()).attachments.size(), 13U);
}

TEST_F(FetchParts, AnAttachedMailIsTakenAsMimeOrPutTogetherItself) {
    item(listed("ItemAttachment", "M1") + listed("ItemAttachment", "M2"));
    attachments(
        {mail("<t:MimeContent>U3ViamVjdDogd2hvbGUNCg0KaGkNCg==</t:MimeContent>"),
         mail("<t:Subject>unmade</t:Subject>")}
    );
    attachments({mail(
        "<t:Subject>unmade</t:Subject><t:Attachments>" + listed("FileAttachment", "F") +
        "</t:Attachments>"
    )});
    attachments({file("QQ==")});
    const auto made = fetch();
    ASSERT_TRUE(made) << made.error().text;
    const mime::Message read = mime::parse(made->mime.value());
    ASSERT_EQ(read.attachments.size(), 2U);
    EXPECT_EQ(mime::parse(mime::decode(read.attachments[0])).subject, "whole");
    const std::string second = mime::decode(read.attachments[1]);
    EXPECT_EQ(mime::parse(second).subject, "unmade");
    EXPECT_EQ(mime::parse(second).attachments.size(), 1U);
}

TEST_F(FetchParts, AFileThatCannotBeHadIsNoReasonToLoseIt) {
    item(listed("FileAttachment", "F"));
    talk_.fail("GetAttachment", "ErrorCannotOpenFileAttachment");
    const auto made = fetch();
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, agent::errc::permanent);
    EXPECT_NE(made.error().text.find("ErrorCannotOpenFileAttachment"), std::string::npos);
}

TEST_F(FetchParts, AServerThatIsBusyIsAskedLater) {
    item(listed("FileAttachment", "F"));
    talk_.fail("GetAttachment", "ErrorServerBusy");
    EXPECT_EQ(fetch().error().code, agent::errc::unreachable);
}

TEST_F(FetchParts, MoreThanAMailMayHaveIsNotAskedFor) {
    item(listed("FileAttachment", "F", "300000000"));
    EXPECT_EQ(fetch().error().text, "the mail is larger than 200 MiB");
    item(listed("FileAttachment", "F", "20000000") + listed("FileAttachment", "F", "10000000"));
    EXPECT_EQ(
        fetch().error().text, "its parts have more than 25 MiB, too much to put them together"
    );
    std::string many;
    for (int i = 0; i < 1001; ++i) many += listed("FileAttachment", "F", "1");
    item(many);
    EXPECT_EQ(fetch().error().code, agent::errc::permanent);
    EXPECT_EQ(asked_attachments(), "");
}

TEST_F(FetchParts, WhatIsNoMailIsNotMadeOne) {
    item("", "Task");
    EXPECT_EQ(fetch().error().text, "Task is no mail");
}

TEST_F(FetchParts, WhatIsWrongWithThemIsToldBehindWhatIsWrongWithTheMail) {
    const agent::Error no_mime{agent::errc::permanent, "no MIME", {}};
    const agent::Error no_file{agent::errc::permanent, "no file", {}};
    EXPECT_EQ(
        agent::with_parts(no_mime, no_file).text, "no MIME; nor can it be had in parts: no file"
    );
    EXPECT_EQ(agent::with_parts(no_mime, no_mime).text, "no MIME");
}

TEST_F(FetchParts, TheNameOfAMailIsLittle) {
    talk_.succeed(
        "GetItem",
        "<m:Items><t:Message><t:Subject>odd</t:Subject><t:InternetMessageId>&lt;1@a&gt;"
        "</t:InternetMessageId></t:Message></m:Items>"
    );
    const auto name = agent_test::run(agent::fetch_name(talk_.client, "I"));
    ASSERT_TRUE(name);
    EXPECT_EQ(name->subject + " " + name->internet_message_id, "odd <1@a>");
    EXPECT_EQ(talk_.asked("<t:FieldURI FieldURI=\"item:Body", "/>"), "");
}

}  // namespace
