// Every reply of the simulator against the schema that Exchange publishes, as servers really follow
// it
// (../shared/ews/schema, libxml2/observed). Skipped, aloud, where that is absent.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <filesystem>
#include <memory>

#include "ews/simulator/answer/index.hpp"
#include "ews/simulator/damage.hpp"
#include "ews/simulator/fault_reply.hpp"
#include "ews/simulator/stream_reply.hpp"
#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

const std::string schema_path = MAILFERRY_SHARED "/ews/schema/libxml2/observed/envelope-strict.xsd";

template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};

using Schema = std::unique_ptr<xmlSchema, Free<xmlSchemaFree>>;

void collect(void* problems, xmlErrorPtr error) {
    *static_cast<std::string*>(problems) += error->message;
}

/// Compiled once; a null pointer where the schema is absent.
const Schema& schema() {
    static const Schema compiled = [] {
        if (!std::filesystem::exists(schema_path)) return Schema{};
        auto* const parser = xmlSchemaNewParserCtxt(schema_path.c_str());
        Schema result(xmlSchemaParse(parser));
        xmlSchemaFreeParserCtxt(parser);
        return result;
    }();
    return compiled;
}

/// "" if the text is valid.
std::string problems_of(const std::string& text) {
    const std::unique_ptr<xmlDoc, Free<xmlFreeDoc>> document(xmlReadMemory(
        text.data(), static_cast<int>(text.size()), "reply.xml", nullptr, XML_PARSE_NONET
    ));
    if (!document) return "not well-formed: " + text;
    const std::unique_ptr<xmlSchemaValidCtxt, Free<xmlSchemaFreeValidCtxt>> context(
        xmlSchemaNewValidCtxt(schema().get())
    );
    std::string problems;
    xmlSchemaSetValidStructuredErrors(context.get(), collect, &problems);
    if (xmlSchemaValidateDoc(context.get(), document.get()) == 0) return {};
    return problems + "\n" + text;
}

struct SimulatorSchema : ::testing::Test {
    Office office;

    void SetUp() override {
        if (!std::filesystem::exists(schema_path)) GTEST_SKIP() << schema_path << " is absent";
        ASSERT_NE(schema(), nullptr) << "the schema does not compile";
    }

    /// Asks, holds request and reply against the schema, and gives the reply.
    std::string checked(std::string_view body, std::string_view expected = "NoError") {
        EXPECT_EQ(problems_of(envelope(body)), "");
        auto reply = office.ask(body);
        EXPECT_EQ(problems_of(reply), "");
        EXPECT_EQ(codes(reply), expected);
        return reply;
    }
};

const std::string all_properties = "<t:BaseShape>AllProperties</t:BaseShape>";
const std::string rich_shape =
    all_properties + "<t:IncludeMimeContent>true</t:IncludeMimeContent><t:AdditionalProperties>" +
    std::string(mark_uri) +
    R"(<t:FieldURI FieldURI="item:TextBody"/>)"
    R"(<t:ExtendedFieldURI PropertyTag="0x0E23" PropertyType="Integer"/>)"
    R"(<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="Keywords")"
    R"( PropertyType="StringArray"/></t:AdditionalProperties>)";

const std::string rich_mail =
    "From: =?utf-8?B?w5xuYWw=?= <u@example.test>\r\nTo: a@example.test, B <b@example.test>\r\n"
    "Cc: c@example.test\r\nReply-To: r@example.test\r\nSubject: Re: a \x01 b\r\n"
    "Message-ID: <m@example.test>\r\nIn-Reply-To: <l@example.test>\r\n"
    "References: <k@example.test> <l@example.test>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    "<b>x</b>\r\n--b\r\nContent-Type: image/png; name=p.png\r\nContent-ID: <p>\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: inner\r\n\r\ny\r\n--b--\r\n";

TEST_F(SimulatorSchema, WouldNoticeAReplyThatIsWrong) {
    auto reply = office.ask(get_item(item(office.deliver(rich_mail)), rich_shape));
    EXPECT_EQ(problems_of(reply), "");
    const auto at = reply.find("<t:Importance>Normal");
    ASSERT_NE(at, std::string::npos);
    EXPECT_NE(problems_of(reply.replace(at, 20, "<t:Importance>Urgent")), "");
    EXPECT_NE(problems_of(envelope("<m:PlayMusic/>")), "");
}

TEST_F(SimulatorSchema, HoldsForFolders) {
    const auto shape = "<m:FolderShape>" + all_properties +
                       R"(<t:AdditionalProperties>)"
                       R"(<t:FieldURI FieldURI="folder:DistinguishedFolderId"/>)"
                       R"(<t:ExtendedFieldURI PropertyTag="0x670a" PropertyType="SystemTime"/>)"
                       "</t:AdditionalProperties></m:FolderShape>";
    checked(create_folder("Case"));
    checked(create_folder("Case"), "ErrorFolderExists");
    checked(
        "<m:GetFolder>" + shape + "<m:FolderIds>" + distinguished("calendar") +
            distinguished("contacts") + distinguished("tasks") + distinguished("root") +
            distinguished("archiveinbox") + "</m:FolderIds></m:GetFolder>",
        "NoError NoError NoError NoError ErrorFolderNotFound"
    );
    checked(
        R"(<m:FindFolder Traversal="Deep">)" + shape + "<m:ParentFolderIds>" +
        distinguished("root") + "</m:ParentFolderIds></m:FindFolder>"
    );
}

TEST_F(SimulatorSchema, HoldsForTheFolderHierarchy) {
    const auto shape = "<m:FolderShape>" + all_properties + "</m:FolderShape>";
    const auto id = between(checked(create_folder("Case")), "FolderId Id=\"", "\"");
    const auto named = fmt::format(R"(<t:FolderId Id="{}"/>)", id);
    const auto hierarchy = [&](std::string_view state) {
        return "<m:SyncFolderHierarchy>" + shape + "<m:SyncFolderId>" +
               distinguished("msgfolderroot") + "</m:SyncFolderId>" + std::string(state) +
               "</m:SyncFolderHierarchy>";
    };
    const auto first = checked(hierarchy(""));
    checked(
        "<m:UpdateFolder><m:FolderChanges><t:FolderChange>" + named +
        R"(<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder>)"
        "<t:DisplayName>Cases</t:DisplayName></t:Folder></t:SetFolderField></t:Updates>"
        "</t:FolderChange></m:FolderChanges></m:UpdateFolder>"
    );
    checked(
        "<m:MoveFolder><m:ToFolderId>" + distinguished("inbox") + "</m:ToFolderId><m:FolderIds>" +
        named + "</m:FolderIds></m:MoveFolder>"
    );
    const auto state = "<m:SyncState>" + between(first, "<m:SyncState>", "<") + "</m:SyncState>";
    EXPECT_TRUE(has(checked(hierarchy(state)), "<t:Update>"));
    checked(
        R"(<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>)" + named +
            distinguished("inbox") + "</m:FolderIds></m:DeleteFolder>",
        "NoError ErrorDeleteDistinguishedFolder"
    );
    EXPECT_TRUE(has(checked(hierarchy(state)), "<t:Delete>"));
    checked(hierarchy("<m:SyncState>AAAA</m:SyncState>"), "ErrorInvalidSyncStateData");
}

TEST_F(SimulatorSchema, HoldsForReadingItems) {
    const auto id = office.deliver(rich_mail);
    const auto full =
        checked(get_item(item(id) + item("AAMk"), rich_shape), "NoError ErrorItemNotFound");
    EXPECT_TRUE(has(full, "<t:Subject>Re: a  b</t:Subject>")) << full;
    checked(get_item(item(id), "<t:BaseShape>Default</t:BaseShape><t:BodyType>Text</t:BodyType>"));
    checked(find_item(""));
    checked(find_item(fmt::format("<t:Not><t:Exists>{}</t:Exists></t:Not>", mark_uri)));
    const auto attachments = [&](std::string_view which) {
        return fmt::format(
            R"(<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="{}"/></m:AttachmentIds>)"
            "</m:GetAttachment>",
            which
        );
    };
    const auto first = between(full, "AttachmentId Id=\"", "\"");
    const auto second = between(full, "AttachmentId Id=\"", "\"", "message/rfc822");
    checked(attachments(first));
    checked(attachments(second.empty() ? first : second));
    checked(fmt::format(
        "<m:GetAttachment><m:AttachmentShape><t:IncludeMimeContent>true</t:IncludeMimeContent>"
        R"(</m:AttachmentShape><m:AttachmentIds><t:AttachmentId Id="{}"/></m:AttachmentIds>)"
        "</m:GetAttachment>",
        second.empty() ? first : second
    ));
    checked(attachments("AAAA"), "ErrorInvalidAttachmentId");
}

TEST_F(SimulatorSchema, HoldsForMeetingRequests) {
    const auto id = office.deliver(
        "From: a@example.test\r\nSubject: Meet\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\n"
        "Content-Type: text/calendar; method=REQUEST\r\n\r\nMETHOD:REQUEST\r\n--b--\r\n"
    );
    EXPECT_TRUE(has(checked(get_item(item(id), rich_shape)), "<t:MeetingRequest>"));
}

TEST_F(SimulatorSchema, HoldsForChangingItems) {
    const auto created = checked(create_item(mime_content(rich_mail)));
    const auto id = between(created, "ItemId Id=\"", "\"");
    const auto key = between(created, "ChangeKey=\"", "\"");
    checked(create_item(mime_content(rich_mail), "SendOnly"));
    checked(update_item(item(id, key), set_categories("A") + set_mark("x")));
    checked(update_item(item(id, key), set_categories("B")), "ErrorIrresolvableConflict");
    EXPECT_TRUE(has(checked(get_item(item(id), rich_shape)), "<t:Value>A</t:Value>"));
    const auto moved = between(checked(move_item(item(id), "inbox")), "ItemId Id=\"", "\"");
    checked(move_item(item(id), "inbox"), "ErrorItemNotFound");
    checked(
        "<m:CopyItem><m:ToFolderId>" + distinguished("drafts") + "</m:ToFolderId><m:ItemIds>" +
        item(moved) + "</m:ItemIds></m:CopyItem>"
    );
    checked(
        R"(<m:SendItem SaveItemToFolder="true"><m:ItemIds>)" + item(moved) + item(moved) +
            "</m:ItemIds></m:SendItem>",
        "NoError ErrorItemNotFound"
    );
    checked(delete_item(item(office.deliver(rich_mail)), "MoveToDeletedItems"));
    checked(delete_item(item(moved), "HardDelete"), "ErrorItemNotFound");
}

TEST_F(SimulatorSchema, HoldsForSync) {
    const auto read = office.deliver(rich_mail);
    const auto gone = office.deliver(rich_mail);
    const auto state = between(checked(sync_items("", 1)), "<m:SyncState>", "<");
    const auto rest = between(checked(sync_items(state, 10)), "<m:SyncState>", "<");
    office.ask(update_item(item(read), set_read(true), "AlwaysOverwrite"));
    office.ask(delete_item(item(gone), "HardDelete"));
    const auto changes = checked(sync_items(rest, 10));
    EXPECT_TRUE(has(changes, "<t:ReadFlagChange>"));
    EXPECT_TRUE(has(changes, "<t:Delete>"));
    checked(sync_items("AAAA", 10), "ErrorInvalidSyncStateData");
}

TEST_F(SimulatorSchema, HoldsForSubscriptionsAndTheirStream) {
    const auto id = between(checked(subscribe("inbox")), "<m:SubscriptionId>", "<");
    office.deliver(rich_mail);
    const auto events = office.organization.subscriptions.take({id});
    ASSERT_FALSE(events->empty());
    EXPECT_EQ(problems_of(envelope(stream(id))), "");
    for (const auto& text :
         {write_connection_status("OK"),
          write_notifications(*events),
          write_heartbeat({id}),
          write_connection_status("Closed"),
          write_stream_error({"ErrorInvalidSubscription", "gone"}, {id})})
        EXPECT_EQ(problems_of(text), "");
    const auto end =
        "<m:Unsubscribe><m:SubscriptionId>" + id + "</m:SubscriptionId></m:Unsubscribe>";
    checked(end);
    checked(end, "ErrorSubscriptionNotFound");
}

TEST_F(SimulatorSchema, HoldsForEveryKindOfEvent) {
    const auto id = *office.organization.subscriptions.add(
        {agent,
         agent,
         true,
         {},
         {EventKind::created,
          EventKind::new_mail,
          EventKind::modified,
          EventKind::moved,
          EventKind::copied,
          EventKind::deleted}}
    );
    const auto item_id = office.deliver(rich_mail);
    auto& mailbox = office.mailbox();
    const auto& moved = mailbox.move(*mailbox.find_item(item_id), mailbox.distinguished("drafts"));
    mailbox.copy(moved, office.inbox());
    mailbox.remove(moved, DeleteType::hard);
    const auto* const folder = *mailbox.create_folder(office.inbox(), "A", "IPF.Note");
    EXPECT_TRUE(mailbox.delete_folder(*folder, DeleteType::to_deleted_items).has_value());
    EXPECT_TRUE(mailbox.delete_folder(*folder, DeleteType::hard).has_value());
    const auto text = write_notifications(*office.organization.subscriptions.take({id}));
    EXPECT_EQ(problems_of(text), "");
    for (const auto* name :
         {"CreatedEvent",
          "NewMailEvent",
          "ModifiedEvent",
          "MovedEvent",
          "CopiedEvent",
          "DeletedEvent",
          "OldFolderId"})
        EXPECT_TRUE(has(text, name)) << name;
}

TEST_F(SimulatorSchema, HoldsForTheRest) {
    const auto dictionary =
        "<t:Dictionary><t:DictionaryEntry><t:DictionaryKey><t:Type>String</t:Type>"
        "<t:Value>k</t:Value></t:DictionaryKey><t:DictionaryValue><t:Type>String</t:Type>"
        "<t:Value>v &amp; w</t:Value></t:DictionaryValue></t:DictionaryEntry></t:Dictionary>"
        "<t:XmlData>PHg+</t:XmlData>";
    checked(get_configuration("All"), "ErrorItemNotFound");
    checked(put_configuration("CreateUserConfiguration", dictionary));
    checked(put_configuration("UpdateUserConfiguration", "<t:BinaryData>AAEC</t:BinaryData>"));
    EXPECT_TRUE(has(checked(get_configuration("All")), "<t:Value>v &amp; w</t:Value>"));
    checked(
        R"(<m:DeleteUserConfiguration><m:UserConfigurationName Name="Mailferry">)" +
        distinguished("inbox") + "</m:UserConfigurationName></m:DeleteUserConfiguration>"
    );
    const auto convert = [&](std::string_view id) {
        return fmt::format(
            R"(<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId Format="EwsId")"
            R"( Id="{}" Mailbox="x"/></m:SourceIds></m:ConvertId>)",
            id
        );
    };
    checked(convert(office.inbox().id));
    checked(convert("DUMMY"), "ErrorInvalidIdMalformed");
    const auto resolve = [](std::string_view name) {
        return fmt::format(
            R"(<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>{}</m:UnresolvedEntry>)"
            "</m:ResolveNames>",
            name
        );
    };
    checked(resolve("agent"));
    checked(resolve("nobody"), "ErrorNameResolutionNoResults");
}

TEST_F(SimulatorSchema, HoldsForFaultsAndInjectedErrorsOfEveryOperation) {
    EXPECT_EQ(problems_of(fault("ErrorServerBusy", "Busy.", std::chrono::seconds(5)).body), "");
    for (const auto* operation :
         {"GetFolder",
          "FindFolder",
          "CreateFolder",
          "UpdateFolder",
          "MoveFolder",
          "DeleteFolder",
          "SyncFolderHierarchy",
          "SyncFolderItems",
          "FindItem",
          "GetItem",
          "UpdateItem",
          "MoveItem",
          "CopyItem",
          "DeleteItem",
          "CreateItem",
          "SendItem",
          "GetAttachment",
          "Subscribe",
          "Unsubscribe",
          "GetStreamingEvents",
          "ConvertId",
          "ResolveNames",
          "GetUserConfiguration",
          "CreateUserConfiguration",
          "UpdateUserConfiguration",
          "DeleteUserConfiguration"}) {
        ASSERT_NE(find_answer(operation), nullptr) << operation;
        Fault error;
        error.kind = Fault::Kind::response_error;
        error.code = "ErrorInternalServerTransientError";
        office.organization.faults.add({operation, {}, error});
        EXPECT_EQ(problems_of(office.ask(fmt::format("<m:{}/>", operation))), "") << operation;
    }
}

TEST_F(SimulatorSchema, ErrorsThatArePlanned) {
    const auto id = item(office.deliver(mail("One")));
    const auto request = get_item(id + id, "<t:BaseShape>IdOnly</t:BaseShape>");
    office.play("error ErrorServerBusy back-off 5000");
    checked(request, "ErrorServerBusy ErrorServerBusy");
    office.play("inner ErrorServerBusy back-off 5000");
    checked(request, "ErrorInternalServerError ErrorInternalServerError");
    office.play("GetItem item-error ErrorItemNotFound item 2");
    checked(request, "NoError ErrorItemNotFound");
    office.play("SyncFolderItems vanished");
    checked(sync_items("", 10));
}

TEST_F(SimulatorSchema, StreamsThatAreTroubled) {
    const Refusal bad{"ErrorInvalidSubscription", "bad"};
    EXPECT_EQ(problems_of(write_stream_error(bad, {"a"}, "OK")), "");
    Fault wide;
    wide.kind = Fault::Kind::split_character;
    EXPECT_EQ(problems_of(spoil(wide, write_connection_status("OK"))), "");
}

}  // namespace
