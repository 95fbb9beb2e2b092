// Folder operations, sync, user configuration, subscriptions and ConvertId as a client sees them.
#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

std::string find_folder(std::string_view traversal, std::string_view prefix) {
    return fmt::format(
        R"(<m:FindFolder Traversal="{}"><m:FolderShape><t:BaseShape>Default</t:BaseShape>)"
        "</m:FolderShape><m:Restriction>"
        R"(<t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase">)"
        R"(<t:FieldURI FieldURI="folder:DisplayName"/><t:Constant Value="{}"/></t:Contains>)"
        "</m:Restriction><m:ParentFolderIds>{}</m:ParentFolderIds></m:FindFolder>",
        traversal,
        prefix,
        distinguished("msgfolderroot")
    );
}

TEST(SimulatorFolders, CreatesOnceAndFindsByPrefix) {
    Office office;
    EXPECT_EQ(codes(office.ask(create_folder("- Create New Case"))), "NoError");
    EXPECT_EQ(codes(office.ask(create_folder("- Create New Case"))), "ErrorFolderExists");
    const auto found = office.ask(find_folder("Shallow", "- create new "));
    EXPECT_TRUE(has(found, "<t:DisplayName>- Create New Case</t:DisplayName>"));
    EXPECT_TRUE(has(found, R"(TotalItemsInView="1")"));
}

TEST(SimulatorFolders, AnswersUnknownDistinguishedIdsOneByOne) {
    Office office;
    const auto request = fmt::format(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        "<m:FolderIds>{}{}{}</m:FolderIds></m:GetFolder>",
        distinguished("inbox"),
        distinguished("archivemsgfolderroot"),
        distinguished("drafts")
    );
    EXPECT_EQ(codes(office.ask(request)), "NoError ErrorFolderNotFound NoError");
}

TEST(SimulatorSyncFolderItems, WalksThroughPagesToTheLast) {
    Office office;
    for (const auto* subject : {"1", "2", "3"}) office.deliver(mail(subject));
    const auto first = office.ask(sync_items("", 2));
    EXPECT_TRUE(has(first, "<m:IncludesLastItemInRange>false</m:IncludesLastItemInRange>"));
    const auto state = between(first, "<m:SyncState>", "<");
    const auto second = office.ask(sync_items(state, 2));
    EXPECT_TRUE(has(second, "<m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"));
    EXPECT_TRUE(has(second, "<t:Create>"));
    const auto third = office.ask(sync_items(between(second, "<m:SyncState>", "<"), 2));
    EXPECT_FALSE(has(third, "<t:Create>"));
}

TEST(SimulatorSyncFolderItems, TellsReadFlagsUpdatesAndDeletionsApart) {
    Office office;
    const auto read = office.deliver(mail("1"));
    const auto marked = office.deliver(mail("2"));
    const auto gone = office.deliver(mail("3"));
    const auto state = between(office.ask(sync_items("", 10)), "<m:SyncState>", "<");
    office.ask(update_item(item(read), set_read(true), "AlwaysOverwrite"));
    office.ask(update_item(item(marked), set_categories("A"), "AlwaysOverwrite"));
    office.ask(move_item(item(gone), "drafts"));
    const auto changes = office.ask(sync_items(state, 10));
    EXPECT_EQ(between(changes, "Id=\"", "\"", "<t:ReadFlagChange>"), read);
    EXPECT_EQ(between(changes, "Id=\"", "\"", "<t:Update>"), marked);
    EXPECT_EQ(between(changes, "Id=\"", "\"", "<t:Delete>"), gone);
}

TEST(SimulatorSyncFolderItems, RefusesABadStateAndABadPage) {
    Office office;
    EXPECT_EQ(codes(office.ask(sync_items("AAAA", 10))), "ErrorInvalidSyncStateData");
    EXPECT_EQ(codes(office.ask(sync_items("", 513))), "ErrorInvalidRequest");
    EXPECT_EQ(codes(office.ask(sync_items("", 0))), "ErrorInvalidRequest");
}

TEST(SimulatorSubscribe, GivesAStreamToItsOwnerOnly) {
    Office office;
    const auto id = between(office.ask(subscribe("inbox")), "<m:SubscriptionId>", "<");
    ASSERT_FALSE(id.empty());
    const auto mine = office.reply(stream(id));
    ASSERT_TRUE(mine.stream.has_value());
    EXPECT_TRUE(mine.stream->refused.empty());
    const auto others = office.reply(stream(id), "", "other@example.test");
    ASSERT_TRUE(others.stream.has_value());
    EXPECT_EQ(others.stream->refused, std::vector<std::string>{id});
}

TEST(SimulatorSubscribe, RefusesFoldersTogetherWithAllFolders) {
    Office office;
    auto request = subscribe("inbox");
    const std::string_view name = "<m:StreamingSubscriptionRequest>";
    request.replace(
        request.find(name),
        name.size(),
        R"(<m:StreamingSubscriptionRequest SubscribeToAllFolders="true">)"
    );
    EXPECT_EQ(codes(office.ask(request)), "ErrorInvalidSubscriptionRequest");
}

TEST(SimulatorConvertId, AnswersABadIdWithAnErrorAndTheServerVersion) {
    Office office;
    const auto convert = [&](std::string_view id) {
        return office.ask(fmt::format(
            R"(<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId Format="EwsId")"
            R"( Id="{}" Mailbox="DUMMY"/></m:SourceIds></m:ConvertId>)",
            id
        ));
    };
    EXPECT_EQ(codes(convert("DUMMY")), "ErrorInvalidIdMalformed");
    EXPECT_TRUE(has(convert("DUMMY"), "ServerVersionInfo"));
    EXPECT_EQ(between(convert(office.inbox().id), "Mailbox=\"", "\""), agent);
}

TEST(SimulatorUserConfiguration, LivesFromCreateToDelete) {
    Office office;
    EXPECT_EQ(codes(office.ask(get_configuration("All"))), "ErrorItemNotFound");
    const auto create = put_configuration("CreateUserConfiguration", "<t:XmlData>PHg+</t:XmlData>");
    EXPECT_EQ(codes(office.ask(create)), "NoError");
    EXPECT_EQ(codes(office.ask(create)), "ErrorItemSave");
    const auto update =
        put_configuration("UpdateUserConfiguration", "<t:BinaryData>AAEC</t:BinaryData>");
    EXPECT_EQ(codes(office.ask(update)), "NoError");
    const auto all = office.ask(get_configuration("All"));
    EXPECT_TRUE(has(all, "<t:XmlData>PHg+</t:XmlData>"));
    EXPECT_TRUE(has(all, "<t:BinaryData>AAEC</t:BinaryData>"));
    EXPECT_FALSE(has(office.ask(get_configuration("XmlData")), "BinaryData"));
}

TEST(SimulatorFolders, LetsNobodyChangeWhatIsReadOnly) {
    Office office;
    const auto mail_id = item(office.deliver(mail("One")));
    office.mailbox().edit_folder(office.inbox()).is_read_only = true;
    const auto rights = office.ask(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>"
        R"(<t:FieldURI FieldURI="folder:EffectiveRights"/></t:AdditionalProperties></m:FolderShape>)"
        "<m:FolderIds>" +
        distinguished("inbox") + "</m:FolderIds></m:GetFolder>"
    );
    EXPECT_TRUE(has(rights, "<t:Modify>false</t:Modify><t:Read>true</t:Read>"));
    EXPECT_EQ(codes(office.ask(move_item(mail_id, "drafts"))), "ErrorAccessDenied");
    EXPECT_EQ(codes(office.ask(delete_item(mail_id, "HardDelete"))), "ErrorAccessDenied");
    EXPECT_EQ(
        codes(office.ask(update_item(mail_id, set_categories("A"), "AlwaysOverwrite"))),
        "ErrorAccessDenied"
    );
    EXPECT_EQ(codes(office.ask(create_item("", "SaveOnly", "inbox"))), "ErrorAccessDenied");
}

}  // namespace
