#include "ews/simulator/soap.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

constexpr const char* get_inbox =
    "<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>"
    R"(<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>)";

TEST(SimulatorSoap, NamesItsBuildInEveryAnswerThatIsNoFault) {
    Office office;
    const auto reply = office.reply(get_inbox);
    EXPECT_EQ(reply.status, 200U);
    EXPECT_TRUE(has(reply.body, R"(MajorBuildNumber="2562" MinorBuildNumber="17")"));
    EXPECT_TRUE(has(reply.body, "<t:DisplayName>Inbox</t:DisplayName>"));
}

TEST(SimulatorSoap, AnswersBadXmlWithAFault) {
    Office office;
    for (const auto* text :
         {"", "rubbish", "<s:Envelope>", "<a/>", "<Envelope><Body/></Envelope>"}) {
        const auto reply = answer(office.organization, office.account(agent), text);
        EXPECT_EQ(reply.status, 500U) << text;
        EXPECT_TRUE(has(reply.body, "ErrorSchemaValidation</e:ResponseCode>")) << text;
        EXPECT_FALSE(has(reply.body, "ServerVersionInfo")) << text;
    }
}

TEST(SimulatorSoap, AnswersAnUnknownOperationWithAFault) {
    Office office;
    const auto reply = office.reply("<m:PlayMusic/>");
    EXPECT_EQ(reply.status, 500U);
    EXPECT_TRUE(has(reply.body, "ErrorInvalidRequest</e:ResponseCode>"));
}

TEST(SimulatorSoap, RefusesAServerVersionThatNeverWas) {
    Office office;
    auto request = envelope(get_inbox);
    request.replace(request.find("Exchange2013_SP1"), 16, "Exchange2031");
    const auto reply = answer(office.organization, office.account(agent), request);
    EXPECT_TRUE(has(reply.body, "ErrorInvalidServerVersion</e:ResponseCode>"));
}

TEST(SimulatorSoap, LetsTheServiceAccountImpersonateEveryMailbox) {
    Office office;
    office.deliver(mail("One"));
    const auto reply = office.ask(get_inbox, impersonate(agent), "service");
    EXPECT_TRUE(has(reply, "<t:TotalCount>1</t:TotalCount>"));
    const auto nobody = office.ask(get_inbox, impersonate("nobody@example.test"), "service");
    EXPECT_TRUE(has(nobody, "ErrorNonExistentMailbox</e:ResponseCode>"));
    EXPECT_EQ(codes(office.ask(get_inbox, "", "service")), "ErrorMissingEmailAddress");
}

TEST(SimulatorSoap, LetsAUserReachItsOwnMailboxOnly) {
    Office office;
    EXPECT_EQ(codes(office.ask(get_inbox, impersonate(agent))), "NoError");
    const auto denied = office.reply(get_inbox, impersonate("other@example.test"));
    EXPECT_EQ(denied.status, 500U);
    EXPECT_TRUE(has(denied.body, "ErrorImpersonateUserDenied</e:ResponseCode>"));
    const auto& others = office.organization.mailbox("other@example.test")->distinguished("inbox");
    const auto by_id = fmt::format(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        R"(<m:FolderIds><t:FolderId Id="{}"/></m:FolderIds></m:GetFolder>)",
        others.id
    );
    EXPECT_EQ(codes(office.ask(by_id)), "ErrorFolderNotFound");
    EXPECT_EQ(codes(office.ask(by_id, "", "service")), "NoError");
}

TEST(SimulatorSoap, LetsTheServiceAccountNameAMailboxInTheFolder) {
    Office office;
    const auto request =
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        R"(<m:FolderIds><t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>)"
        "other@example.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:FolderIds>"
        "</m:GetFolder>";
    EXPECT_EQ(codes(office.ask(request, "", "service")), "NoError");
    EXPECT_EQ(codes(office.ask(request)), "ErrorAccessDenied");
}

TEST(SimulatorSoap, CountsRequestsByOperation) {
    Office office;
    office.ask(get_inbox);
    office.ask(get_inbox);
    EXPECT_EQ(office.organization.requests["GetFolder"], 2U);
}

TEST(SimulatorSoap, LetsAnAccountActForTheMailboxesOfItsListOnly) {
    Office office;
    office.organization.allow("service", {agent});
    EXPECT_EQ(codes(office.ask(get_inbox, impersonate(agent), "service")), "NoError");
    const auto denied = office.ask(get_inbox, impersonate("other@example.test"), "service");
    EXPECT_TRUE(has(denied, "ErrorImpersonateUserDenied</e:ResponseCode>"));
    const auto nobody = office.ask(get_inbox, impersonate("nobody@example.test"), "service");
    EXPECT_TRUE(has(nobody, "ErrorNonExistentMailbox</e:ResponseCode>"));
}

TEST(SimulatorSoap, LetsADelegateIntoTheMailboxThatItWasGiven) {
    Office office;
    office.organization.allow(agent, {"other@example.test"});
    const auto request =
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        R"(<m:FolderIds><t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>)"
        "other@example.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:FolderIds>"
        "</m:GetFolder>";
    EXPECT_EQ(codes(office.ask(request)), "NoError");
    EXPECT_EQ(codes(office.ask(get_inbox)), "NoError");
}

TEST(SimulatorSoap, CarriesOutWhatItDoesNotAnswer) {
    Office office;
    office.play("CreateFolder drop-after");
    EXPECT_TRUE(office.reply(create_folder("New")).drop);
    const auto& root = office.mailbox().distinguished("msgfolderroot");
    EXPECT_NE(office.mailbox().find_child(root, "New"), nullptr);
}

TEST(SimulatorSoap, SpoilsTheAnswerAndSaysHowItIsToBeSent) {
    Office office;
    office.deliver(mail("One"));
    office.play("* always illegal-characters\n* always pieces 1\ncontent-type text/html");
    const auto reply = office.reply(find_item(""));
    EXPECT_TRUE(has(reply.body, "<t:Subject>&#x0;&#x1;"));
    EXPECT_EQ(reply.delivery->kind, Fault::Kind::pieces);
    EXPECT_EQ(office.reply(find_item("")).content_type, "text/xml; charset=utf-8");
}

TEST(SimulatorSoap, ForgetsSyncStatesWhereAScriptWantsIt) {
    Office office;
    office.deliver(mail("One"));
    const auto state = between(office.ask(sync_items("", 10)), "<m:SyncState>", "<");
    EXPECT_EQ(codes(office.ask(sync_items(state, 10))), "NoError");
    office.play("forget-sync-states");
    EXPECT_EQ(codes(office.ask(sync_items(state, 10))), "ErrorInvalidSyncStateData");
    EXPECT_EQ(codes(office.ask(sync_items("", 10))), "NoError");
}

TEST(SimulatorSoap, ForgetsSubscriptionsWhereAScriptWantsIt) {
    Office office;
    const auto id = between(office.ask(subscribe("inbox")), "<m:SubscriptionId>", "<");
    office.play("GetFolder forget-subscriptions");
    office.ask(get_inbox);
    EXPECT_EQ(office.reply(stream(id)).stream->refused, std::vector<std::string>{id});
}

TEST(SimulatorSoap, KeepsSubscriptionsAtTheBackEndOfTheCookie) {
    Office office;
    office.organization.ways.back_ends = 2;
    const auto id = between(office.ask(subscribe("inbox")), "<m:SubscriptionId>", "<");
    const auto refused = [&](unsigned back_end) {
        const auto request = envelope(stream(id));
        const auto reply = answer(office.organization, office.account(agent), request, back_end);
        return reply.stream->refused.size();
    };
    EXPECT_EQ(refused(0), 1U);
    EXPECT_EQ(refused(2), 1U);
    EXPECT_EQ(refused(1), 0U);
    const auto unknown =
        answer(office.organization, office.account(agent), envelope(stream(id)), 99);
    EXPECT_TRUE(has(unknown.body, "ErrorProxyRequestNotAllowed</e:ResponseCode>"));
}

TEST(SimulatorSoap, ShowsAWitnessEveryRequestBeforeItIsCarriedOutAndAfterwards) {
    Office office;
    std::string seen;
    office.organization.witness = [&seen](std::string_view operation, bool carried_out) {
        seen += std::string(operation) + (carried_out ? " carried out\n" : " received\n");
        return true;
    };
    EXPECT_FALSE(office.reply(get_inbox).drop);
    EXPECT_EQ(seen, "GetFolder received\nGetFolder carried out\n");
}

TEST(SimulatorSoap, LetsAWitnessLoseTheRequestOrItsAnswer) {
    constexpr const char* create =
        "<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId "
        "Id=\"inbox\"/></m:ParentFolderId>"
        "<m:Folders><t:Folder><t:DisplayName>New</t:DisplayName></t:Folder></m:Folders>"
        "</m:CreateFolder>";
    Office office;
    office.organization.witness = [](std::string_view, bool) { return false; };
    EXPECT_TRUE(office.reply(create).drop);
    EXPECT_EQ(office.mailbox().find_child(office.inbox(), "New"), nullptr);
    office.organization.witness = [](std::string_view, bool carried_out) { return !carried_out; };
    EXPECT_TRUE(office.reply(create).drop);
    EXPECT_NE(office.mailbox().find_child(office.inbox(), "New"), nullptr);
}

}  // namespace
