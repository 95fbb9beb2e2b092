// GetItem, FindItem, UpdateItem, MoveItem, CopyItem, DeleteItem, CreateItem, SendItem,
// GetAttachment.
#include <gtest/gtest.h>

#include "ews/simulator/identifier.hpp"
#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

const std::string id_only = "<t:BaseShape>IdOnly</t:BaseShape>";
const std::string see_mark = id_only + "<t:AdditionalProperties>" + std::string(mark_uri) +
                             R"(<t:FieldURI FieldURI="item:Categories"/>)"
                             R"(<t:FieldURI FieldURI="message:IsRead"/></t:AdditionalProperties>)";

std::string key_of(Office& office, const std::string& id) {
    return write_change_key('I', office.mailbox().find_item(id)->version);
}

TEST(SimulatorGetItem, GivesTheMimeAsItCame) {
    Office office;
    const auto text = mail("Grüße \"& <x>");
    const auto id = office.deliver(text);
    const auto shape = id_only + "<t:IncludeMimeContent>true</t:IncludeMimeContent>";
    const auto reply = office.ask(get_item(item(id), shape));
    EXPECT_EQ(decode_base64(between(reply, R"(CharacterSet="UTF-8">)", "<")), text);
}

TEST(SimulatorGetItem, AnswersEachIdInOrder) {
    Office office;
    const auto id = office.deliver(mail("One"));
    const auto reply = office.ask(get_item(item("AAMk") + item(id) + item("!"), id_only));
    EXPECT_EQ(codes(reply), "ErrorItemNotFound NoError ErrorInvalidIdMalformed");
}

TEST(SimulatorGetItem, NeverGivesAnExtendedPropertyUnasked) {
    Office office;
    const auto id = office.deliver(mail("One"));
    office.ask(update_item(item(id, key_of(office, id)), set_mark("archived")));
    const auto all = office.ask(get_item(item(id), "<t:BaseShape>AllProperties</t:BaseShape>"));
    EXPECT_FALSE(has(all, "archived"));
    EXPECT_TRUE(has(office.ask(get_item(item(id), see_mark)), "<t:Value>archived</t:Value>"));
}

TEST(SimulatorGetItem, ComputesTheMapiPropertiesOfAMail) {
    Office office;
    const auto id = office.deliver(mail("One", "<one@example.test>"));
    const auto shape =
        id_only +
        R"(<t:AdditionalProperties><t:ExtendedFieldURI PropertyTag="0x1035" PropertyType="String"/>)"
        R"(<t:ExtendedFieldURI PropertyTag="0xE23" PropertyType="Integer"/>)"
        R"(<t:ExtendedFieldURI PropertyTag="3591" PropertyType="Integer"/></t:AdditionalProperties>)";
    const auto reply = office.ask(get_item(item(id), shape));
    EXPECT_EQ(between(reply, "<t:Value>", "<", "0x1035"), "&lt;one@example.test&gt;");
    EXPECT_EQ(between(reply, "<t:Value>", "<", "0xE23"), "1");
    EXPECT_EQ(between(reply, "<t:Value>", "<", "3591"), "0");
}

TEST(SimulatorUpdateItem, ChangesTheKeyAndKeepsTheId) {
    Office office;
    const auto id = office.deliver(mail("One"));
    const auto key = key_of(office, id);
    const auto reply = office.ask(update_item(item(id, key), set_categories("CRM")));
    EXPECT_EQ(codes(reply), "NoError");
    EXPECT_EQ(between(reply, "ItemId Id=\"", "\""), id);
    EXPECT_NE(between(reply, "ChangeKey=\"", "\""), key);
}

TEST(SimulatorUpdateItem, RefusesAStaleKeyWithNeverOverwrite) {
    Office office;
    const auto id = office.deliver(mail("One"));
    const auto key = key_of(office, id);
    office.ask(update_item(item(id, key), set_categories("A")));
    const auto again = [&](const char* mode) {
        return codes(office.ask(update_item(item(id, key), set_mark("x"), mode)));
    };
    EXPECT_EQ(again("NeverOverwrite"), "ErrorIrresolvableConflict");
    EXPECT_EQ(again("AutoResolve"), "NoError");
    EXPECT_EQ(again("AlwaysOverwrite"), "NoError");
}

TEST(SimulatorUpdateItem, CannotResolveAConflictOnTheSameField) {
    Office office;
    const auto id = office.deliver(mail("One"));
    const auto key = key_of(office, id);
    office.ask(update_item(item(id, key), set_categories("A")));
    EXPECT_EQ(
        codes(office.ask(update_item(item(id, key), set_categories("B")))),
        "ErrorIrresolvableConflict"
    );
    EXPECT_EQ(office.mailbox().find_item(id)->categories, std::vector<std::string>{"A"});
}

TEST(SimulatorUpdateItem, WantsAChangeKeyThatNamesAVersion) {
    Office office;
    const auto id = office.deliver(mail("One"));
    const auto with = [&](std::string_view key) {
        return codes(office.ask(update_item(item(id, key), set_categories("A"))));
    };
    EXPECT_EQ(with(""), "ErrorChangeKeyRequiredForWriteOperations");
    EXPECT_EQ(with("rubbish!"), "ErrorInvalidChangeKey");
    EXPECT_EQ(with("CQAAAA=="), "ErrorIrresolvableConflict");
}

TEST(SimulatorUpdateItem, WantsAMessageDispositionForMail) {
    Office office;
    const auto id = office.deliver(mail("One"));
    auto request = update_item(item(id, key_of(office, id)), set_categories("A"));
    constexpr std::string_view disposition = R"( MessageDisposition="SaveOnly")";
    request.erase(request.find(disposition), disposition.size());
    EXPECT_EQ(codes(office.ask(request)), "ErrorMessageDispositionRequired");
}

TEST(SimulatorUpdateItem, DoesNothingOfAnUpdateWithAFieldThatCannotBeSet) {
    Office office;
    const auto id = office.deliver(mail("One"));
    const auto size =
        R"(<t:SetItemField><t:FieldURI FieldURI="item:Size"/><t:Message/></t:SetItemField>)";
    const auto updates = set_categories("A") + size;
    EXPECT_EQ(
        codes(office.ask(update_item(item(id, key_of(office, id)), updates))),
        "ErrorInvalidPropertySet"
    );
    EXPECT_TRUE(office.mailbox().find_item(id)->categories.empty());
}

TEST(SimulatorUpdateItem, DeletesFields) {
    Office office;
    const auto id = office.deliver(mail("One"));
    office.ask(update_item(item(id, key_of(office, id)), set_categories("A") + set_mark("x")));
    const auto updates =
        R"(<t:DeleteItemField><t:FieldURI FieldURI="item:Categories"/></t:DeleteItemField>)"
        "<t:DeleteItemField>" +
        std::string(mark_uri) + "</t:DeleteItemField>";
    EXPECT_EQ(codes(office.ask(update_item(item(id, key_of(office, id)), updates))), "NoError");
    EXPECT_TRUE(office.mailbox().find_item(id)->categories.empty());
    EXPECT_TRUE(office.mailbox().find_item(id)->properties.empty());
}

TEST(SimulatorMoveItem, GivesTheNewIdAndForgetsTheOld) {
    Office office;
    const auto id = office.deliver(mail("One"));
    office.ask(update_item(item(id, key_of(office, id)), set_mark("archived")));
    const auto reply = office.ask(move_item(item(id) + item("AAMk"), "sentitems"));
    EXPECT_EQ(codes(reply), "NoError ErrorItemNotFound");
    const auto new_id = between(reply, "ItemId Id=\"", "\"");
    EXPECT_NE(new_id, id);
    EXPECT_EQ(codes(office.ask(get_item(item(id), id_only))), "ErrorItemNotFound");
    EXPECT_TRUE(has(office.ask(get_item(item(new_id), see_mark)), "<t:Value>archived</t:Value>"));
}

TEST(SimulatorMoveItem, GivesNoIdAcrossMailboxes) {
    Office office;
    const auto id = office.deliver(mail("One"));
    auto request = move_item(item(id), "inbox");
    const std::string_view end = R"(Id="inbox"/>)";
    request.replace(
        request.find(end),
        end.size(),
        R"(Id="inbox"><t:Mailbox><t:EmailAddress>other@example.test</t:EmailAddress></t:Mailbox>)"
        "</t:DistinguishedFolderId>"
    );
    const auto reply = office.ask(request, impersonate(agent), "service");
    EXPECT_EQ(codes(reply), "NoError");
    EXPECT_TRUE(has(reply, "<m:Items/>") || has(reply, "<m:Items />"));
    auto& other = *office.organization.mailbox("other@example.test");
    EXPECT_EQ(other.distinguished("inbox").items.size(), 1U);
    EXPECT_TRUE(office.inbox().items.empty());
}

TEST(SimulatorDeleteItem, DoesWhatTheTypeSays) {
    Office office;
    const auto remove = [&](const char* type) {
        return codes(office.ask(delete_item(item(office.deliver(mail("One"))), type)));
    };
    EXPECT_EQ(remove("HardDelete"), "NoError");
    EXPECT_EQ(remove("SoftDelete"), "NoError");
    EXPECT_EQ(remove("MoveToDeletedItems"), "NoError");
    EXPECT_EQ(remove("Shred"), "ErrorInvalidRequest");
    EXPECT_EQ(office.mailbox().distinguished("deleteditems").items.size(), 1U);
    EXPECT_EQ(office.mailbox().distinguished("recoverableitemsdeletions").items.size(), 1U);
    EXPECT_EQ(office.inbox().items.size(), 1U);
}

TEST(SimulatorCreateItem, KeepsMimeByteForByteAsADraftThatIsRead) {
    Office office;
    const auto text = mail("Häuser");
    const auto reply = office.ask(create_item(mime_content(text)));
    const auto* const made = office.mailbox().find_item(between(reply, "ItemId Id=\"", "\""));
    ASSERT_NE(made, nullptr) << reply;
    EXPECT_EQ(made->content->mime, text);
    EXPECT_TRUE(made->is_draft);
    EXPECT_TRUE(made->is_read);
}

TEST(SimulatorCreateItem, MakesNoDraftWhereTheMessageFlagsSaySo) {
    Office office;
    const auto flags =
        R"(<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x0E07" PropertyType="Integer"/>)"
        "<t:Value>0</t:Value></t:ExtendedProperty>";
    const auto reply = office.ask(create_item(mime_content(mail("One")) + flags));
    const auto* const made = office.mailbox().find_item(between(reply, "ItemId Id=\"", "\""));
    ASSERT_NE(made, nullptr) << reply;
    EXPECT_FALSE(made->is_draft);
    EXPECT_FALSE(made->is_read);
}

TEST(SimulatorCreateItem, ComposesAMailFromProperties) {
    Office office;
    const auto reply = office.ask(create_item(
        "<t:Subject>Angebot für Čech</t:Subject><t:Body BodyType=\"Text\">Grüße</t:Body>"
        "<t:ToRecipients><t:Mailbox><t:Name>O, ther</t:Name>"
        "<t:EmailAddress>other@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients>"
    ));
    const auto* const made = office.mailbox().find_item(between(reply, "ItemId Id=\"", "\""));
    ASSERT_NE(made, nullptr) << reply;
    EXPECT_EQ(made->content->message.subject, "Angebot für Čech");
    ASSERT_EQ(made->content->message.to.size(), 1U);
    EXPECT_EQ(made->content->message.to[0], (mime::Mailbox{"O, ther", "other@example.test"}));
    EXPECT_TRUE(has(made->content->message.text.value_or(""), "Grüße"));
}

TEST(SimulatorCreateItem, SendsToTheMailboxesHereWithoutTheBccField) {
    Office office;
    const auto text =
        "From: agent@example.test\r\nBcc: other@example.test,\r\n x@example.test\r\n"
        "Subject: Hi\r\n\r\nBcc: body\r\n";
    EXPECT_EQ(
        codes(office.ask(create_item(mime_content(text), "SendAndSaveCopy", "sentitems"))),
        "NoError"
    );
    auto& other = *office.organization.mailbox("other@example.test");
    const auto received = other.items(other.distinguished("inbox"));
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(
        received[0]->content->mime, "From: agent@example.test\r\nSubject: Hi\r\n\r\nBcc: body\r\n"
    );
    EXPECT_FALSE(received[0]->is_read);
    EXPECT_EQ(office.mailbox().distinguished("sentitems").items.size(), 1U);
}

TEST(SimulatorCreateItem, RefusesWhatIsNotMailAloud) {
    Office office;
    auto request = create_item("");
    request.replace(request.find("<t:Message></t:Message>"), 23, "<t:Contact></t:Contact>");
    EXPECT_EQ(codes(office.ask(request)), "ErrorInvalidRequest");
    EXPECT_EQ(
        codes(office.ask(create_item("<t:MimeContent>*</t:MimeContent>"))),
        "ErrorMimeContentInvalidBase64String"
    );
}

TEST(SimulatorSendItem, MovesTheDraftToSentItems) {
    Office office;
    const auto text = "From: agent@example.test\r\nTo: other@example.test\r\n\r\nx\r\n";
    const auto id = between(office.ask(create_item(mime_content(text))), "ItemId Id=\"", "\"");
    const auto request = fmt::format(
        R"(<m:SendItem SaveItemToFolder="true"><m:ItemIds>{}</m:ItemIds></m:SendItem>)", item(id)
    );
    EXPECT_EQ(codes(office.ask(request)), "NoError");
    const auto sent = office.mailbox().items(office.mailbox().distinguished("sentitems"));
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_FALSE(sent[0]->is_draft);
    auto& other = *office.organization.mailbox("other@example.test");
    EXPECT_EQ(other.distinguished("inbox").items.size(), 1U);
}

TEST(SimulatorGetAttachment, GivesTheDecodedBytes) {
    Office office;
    const auto id = office.deliver(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
        "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=a.bin\r\n\r\nAAECAw==\r\n--b--\r\n"
    );
    const auto reply = office.ask(get_item(item(id), "<t:BaseShape>Default</t:BaseShape>"));
    const auto attachment = between(reply, "AttachmentId Id=\"", "\"");
    const auto ask = [&](std::string_view which) {
        return office.ask(fmt::format(
            R"(<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="{}"/></m:AttachmentIds>)"
            "</m:GetAttachment>",
            which
        ));
    };
    EXPECT_TRUE(has(ask(attachment), "<t:Content>AAECAw==</t:Content>"));
    EXPECT_EQ(codes(ask("AAAA")), "ErrorInvalidAttachmentId");
}

}  // namespace
