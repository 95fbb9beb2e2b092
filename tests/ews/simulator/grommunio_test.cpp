// What the switch Ways::grommunio changes in what is said and done.
#include "ews/simulator/grommunio.hpp"

#include <gtest/gtest.h>

#include "ews/simulator/subscriptions.hpp"
#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

struct Grommunio : ::testing::Test {
    Office office;

    void SetUp() override {
        office.organization.ways.grommunio = true;
        office.organization.subscriptions.behave_as_grommunio();
    }

    std::string move(std::string_view id, std::string_view return_ids) {
        return office.ask(fmt::format(
            "<m:MoveItem><m:ToFolderId>{}</m:ToFolderId><m:ItemIds>{}</m:ItemIds>{}</m:MoveItem>",
            distinguished("drafts"),
            item(id),
            return_ids
        ));
    }

    /// Of the events that wait, how many.
    std::size_t waiting(const std::string& subscription) {
        return office.organization.subscriptions.waiting({subscription});
    }
};

TEST(GrommunioWords, ChangePrefixTimesAndParentIds) {
    EXPECT_EQ(
        in_words_of_grommunio(
            R"(<s:Envelope xmlns:s="uri"><s:Body><m:A xmlns:m="n"><t:TimeStamp>2026-11-23T09:00:00Z)"
            R"(</t:TimeStamp><t:ParentFolderId Id="x" ChangeKey="y"/></m:A></s:Body></s:Envelope>)"
        ),
        R"(<SOAP:Envelope xmlns:SOAP="uri"><SOAP:Body><m:A xmlns:m="n">)"
        "<t:TimeStamp>2026-11-23T09:00:00.000000000Z</t:TimeStamp>"
        R"(<t:ParentFolderId Id="x"/></m:A></SOAP:Body></SOAP:Envelope>)"
    );
}

TEST(GrommunioWords, KeepTextAsItIs) {
    const std::string text =
        "<s:Envelope><t:Body>  a&#10;&amp;&lt;b </t:Body><t:S> </t:S></s:Envelope>";
    EXPECT_TRUE(has(in_words_of_grommunio(text), "<t:S> </t:S>"));
    EXPECT_TRUE(has(in_words_of_grommunio(text), ">  a\n&amp;&lt;b <"));
}

TEST(GrommunioWords, MakePrefixedEnvelopesOfAStream) {
    const auto text = in_words_of_grommunio(
        R"(<Envelope xmlns="uri"><soap11:Body xmlns:soap11="uri"/></Envelope>)", "<?xml?>"
    );
    EXPECT_EQ(text, R"(<?xml?><SOAP:Envelope xmlns:SOAP="uri"><SOAP:Body/></SOAP:Envelope>)");
}

TEST_F(Grommunio, SendsFaultsWith200AndWithoutADetail) {
    const auto reply = office.reply(find_item(""), impersonate("other@example.test"));
    EXPECT_EQ(reply.status, 200U);
    EXPECT_TRUE(has(reply.body, "<faultcode>SOAP:Server</faultcode>"));
    EXPECT_FALSE(has(reply.body, "detail"));
}

TEST_F(Grommunio, AnswersUnknownOperationsAndBadXmlWith500) {
    EXPECT_EQ(office.reply("<m:ExportItems/>").status, 500U);
    EXPECT_EQ(answer(office.organization, office.account(agent), "rubbish").status, 500U);
}

TEST_F(Grommunio, BeginsMessagesWithANumber) {
    const auto reply = office.ask(get_item(item("AAAA"), ""));
    EXPECT_TRUE(has(reply, "<m:MessageText>E-3016: The specified object was not found"));
}

TEST_F(Grommunio, GivesNewIdsUnlessTheyAreWanted) {
    const auto first = office.deliver(mail("One"));
    const auto with_id = move(first, "");
    EXPECT_TRUE(has(with_id, "<t:ItemId Id="));
    const auto second = office.deliver(mail("Two"));
    EXPECT_FALSE(has(move(second, "<m:ReturnNewItemIds>true</m:ReturnNewItemIds>"), "<t:ItemId"));
}

TEST_F(Grommunio, IgnoresChangeKeys) {
    const auto id = office.deliver(mail("One"));
    EXPECT_EQ(codes(office.ask(update_item(item(id), set_categories("A")))), "NoError");
    EXPECT_EQ(
        codes(office.ask(update_item(item(id, "rubbish"), set_categories("B"), "NeverOverwrite"))),
        "NoError"
    );
}

TEST_F(Grommunio, BeginsAgainWhereASyncStateIsRubbish) {
    office.deliver(mail("One"));
    const auto reply = office.ask(sync_items("rubbish", 10));
    EXPECT_EQ(codes(reply), "NoError");
    EXPECT_TRUE(has(reply, "<t:Create>"));
}

TEST_F(Grommunio, TellsAReadFlagAsAnUpdate) {
    const auto id = office.deliver(mail("One"));
    const auto state = between(office.ask(sync_items("", 10)), "<m:SyncState>", "<");
    office.ask(update_item(item(id), set_read(true)));
    const auto reply = office.ask(sync_items(state, 10));
    EXPECT_TRUE(has(reply, "<t:Update>"));
    EXPECT_FALSE(has(reply, "ReadFlagChange"));
}

TEST_F(Grommunio, TellsThoseWhoWatchAFolderOfArrivalsAndOfTheFolderOnly) {
    auto& subscriptions = office.organization.subscriptions;
    const std::set<EventKind> kinds{
        EventKind::created, EventKind::modified, EventKind::moved, EventKind::deleted};
    const auto inbox = office.inbox().id;
    const auto id = *subscriptions.add({agent, agent, false, {inbox}, kinds});
    const auto all = *subscriptions.add({agent, agent, true, {}, kinds});
    const auto mail_id = office.deliver(mail("One"));
    EXPECT_EQ(waiting(id), 2U);  // Created, and Modified of the folder
    office.ask(update_item(item(mail_id), set_categories("A")));
    EXPECT_EQ(waiting(id), 2U);
    move(mail_id, "");
    EXPECT_EQ(waiting(id), 3U);  // of the folder
    EXPECT_EQ(waiting(all), 6U);
}

TEST_F(Grommunio, DeletesNoFolderThatIsNotEmpty) {
    office.ask(create_folder("Full"));
    const auto& root = office.mailbox().distinguished("msgfolderroot");
    const auto& folder = *office.mailbox().find_child(root, "Full");
    deliver(office.mailbox(), folder, mail("One"));
    const auto request = fmt::format(
        R"(<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds><t:FolderId Id="{}"/></m:FolderIds>)"
        "</m:DeleteFolder>",
        folder.id
    );
    EXPECT_EQ(codes(office.ask(request)), "ErrorCannotDeleteObject");
}

TEST_F(Grommunio, HasNoDumpster) {
    const auto request =
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></"
        "m:FolderShape><m:FolderIds>" +
        distinguished("recoverableitemsdeletions") + "</m:FolderIds></m:GetFolder>";
    EXPECT_EQ(codes(office.ask(request)), "ErrorFolderNotFound");
}

TEST_F(Grommunio, MakesMimeAnew) {
    const auto id = office.deliver("X-Mine: 1\r\n" + mail("One"));
    const auto reply = office.ask(get_item(
        item(id),
        "<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>"
    ));
    const auto mime = *decode_base64(between(reply, R"(CharacterSet="UTF-8">)", "<"));
    EXPECT_TRUE(has(mime, "multipart/alternative"));
    EXPECT_FALSE(has(mime, "X-Mine"));
    EXPECT_TRUE(has(mime, "Message-ID: <a@example.test>"));
}

}  // namespace
