#include "ews/response_code.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>

#include "ews/response.hpp"

namespace {

using ews::errc;
using ews::Meaning;
using ews::Reaction;

std::string_view name(Reaction reaction) {
    switch (reaction) {
        case Reaction::wait_for_server:
            return "wait for server";
        case Reaction::retry_item:
            return "retry item";
        case Reaction::look_up_item:
            return "look up item";
        case Reaction::read_anew:
            return "read anew";
        case Reaction::find_folders:
            return "find folders";
        case Reaction::subscribe_anew:
            return "subscribe anew";
        case Reaction::restart_sync:
            return "restart sync";
        case Reaction::set_aside:
            return "set aside";
        case Reaction::ask_admin:
            return "ask admin";
        case Reaction::stop:
            return "stop";
    }
    return "";
}

bool is_response_code(const Meaning& row) {
    return row.code.starts_with("Error");
}

ews::Error item_error(std::string_view code) {
    pugi::xml_document document;
    const auto message = fmt::format(
        "<m:X ResponseClass='Error'><m:MessageText>Words.</m:MessageText>"
        "<m:ResponseCode>\n  {}\n</m:ResponseCode></m:X>",
        code
    );
    EXPECT_TRUE(document.load_string(message.c_str()));
    return ews::error_of(document.document_element()).value();
}

ews::Error fault(std::string_view code) {
    pugi::xml_document document;
    const auto text = fmt::format(
        "<s:Fault><faultcode>a:{0}</faultcode><faultstring>Words.</faultstring>"
        "<detail><e:ResponseCode>{0}</e:ResponseCode><e:Message>Words.</e:Message></detail>"
        "</s:Fault>",
        code
    );
    EXPECT_TRUE(document.load_string(text.c_str()));
    return ews::fault_error(document.document_element());
}

TEST(ResponseCode, EveryRowIsFoundFromTheTextOfAReply) {
    int rows = 0;
    for (const Meaning& row : ews::meanings()) {
        if (!is_response_code(row)) continue;
        ++rows;
        const ews::Error error = item_error(row.code);
        EXPECT_EQ(error.code, row.kind) << row.code;
        EXPECT_EQ(ews::reaction_to(error.code), row.reaction) << row.code;
        EXPECT_EQ(ews::advice_on(error), row.advice) << row.code;
        EXPECT_EQ(error.back_off, std::nullopt) << row.code;
    }
    EXPECT_GT(rows, 200);
}

TEST(ResponseCode, AFaultHasTheRowOfItsCode) {
    for (const Meaning& row : ews::meanings()) {
        if (!is_response_code(row) || row.kind == errc::other) continue;
        const ews::Error error = fault(row.code);
        EXPECT_EQ(error.code, row.kind) << row.code;
        EXPECT_EQ(ews::advice_on(error), row.advice) << row.code;
    }
}

// The table of what servers answer in practice, and what has to be done about it.
constexpr const char* expected_reactions = R"(
ErrorServerBusy: wait for server
ErrorExceededConnectionCount: wait for server
ErrorExceededSubscriptionCount: wait for server
ErrorExceededFindCountLimit: retry item
ErrorTimeoutExpired: wait for server
ErrorTooManyObjectsOpened: wait for server
ErrorInternalServerTransientError: wait for server
ErrorMailboxStoreUnavailable: wait for server
ErrorMailboxMoveInProgress: wait for server
ErrorMailboxFailover: wait for server
ErrorConnectionFailed: wait for server
ErrorConnectionFailedTransientError: wait for server
ErrorNotEnoughMemory: wait for server
ErrorInternalServerError: retry item
ErrorBatchProcessingStopped: retry item
ErrorItemNotFound: look up item
ErrorInvalidChangeKey: read anew
ErrorStaleObject: read anew
ErrorIrresolvableConflict: read anew
ErrorChangeKeyRequiredForWriteOperations: read anew
ErrorMoveCopyFailed: retry item
ErrorCannotDeleteObject: retry item
ErrorFolderNotFound: find folders
ErrorSyncFolderNotFound: find folders
ErrorAccessDenied: ask admin
ErrorImpersonateUserDenied: ask admin
ErrorImpersonationDenied: ask admin
ErrorNonExistentMailbox: ask admin
ErrorMissingEmailAddress: ask admin
ErrorQuotaExceeded: wait for server
ErrorQuotaExceededOnDelete: wait for server
ErrorMimeContentConversionFailed: set aside
ErrorContentConversionFailed: set aside
ErrorCorruptData: set aside
ErrorItemCorrupt: set aside
ErrorMessageSizeExceeded: set aside
ErrorDataSizeLimitExceeded: set aside
ErrorInvalidSubscription: subscribe anew
ErrorSubscriptionNotFound: subscribe anew
ErrorExpiredSubscription: subscribe anew
ErrorSubscriptionUnsubscribed: subscribe anew
ErrorReadEventsFailed: subscribe anew
ErrorMissedNotificationEvents: subscribe anew
ErrorInvalidWatermark: subscribe anew
ErrorProxyRequestNotAllowed: subscribe anew
ErrorInvalidSyncStateData: restart sync
ErrorInvalidServerVersion: ask admin
ErrorInvalidSchemaVersionForMailboxVersion: ask admin
ErrorSchemaValidation: set aside
)";

TEST(ResponseCode, ReactsAsServersNeedIt) {
    std::string told = "\n";
    std::string_view rest(expected_reactions);
    rest.remove_prefix(1);
    while (!rest.empty()) {
        const std::string_view code = rest.substr(0, rest.find(':'));
        EXPECT_FALSE(ews::meaning_of(code).code.empty()) << code << " has no row";
        told += fmt::format("{}: {}\n", code, name(ews::meaning_of(code).reaction));
        rest.remove_prefix(rest.find('\n') + 1);
    }
    EXPECT_EQ(told, expected_reactions);
}

TEST(ResponseCode, StandsInOneRow) {
    std::set<std::string_view> seen;
    for (const Meaning& row : ews::meanings())
        EXPECT_TRUE(seen.insert(row.code).second) << row.code << " stands there twice";
}

TEST(ResponseCode, EveryKindHasOneReaction) {
    std::map<errc, Reaction> reactions;
    for (const Meaning& row : ews::meanings())
        EXPECT_EQ(reactions.try_emplace(row.kind, row.reaction).first->second, row.reaction)
            << row.code << " is not done as others of its kind";
    for (int kind = 0; kind <= static_cast<int>(errc::other); ++kind)
        EXPECT_TRUE(reactions.contains(static_cast<errc>(kind)))
            << ews::to_text(static_cast<errc>(kind)) << " has no row";
}

TEST(ResponseCode, WhereAnAdminMustActItSaysWhat) {
    for (const Meaning& row : ews::meanings()) {
        const bool asks = is_response_code(row) || row.code.starts_with("HTTP");
        if (row.reaction == Reaction::ask_admin && asks) {
            EXPECT_NE(row.advice, "") << row.code;
        }
        EXPECT_FALSE(row.advice.ends_with('.')) << row.code;
        EXPECT_EQ(row.advice.find("  "), std::string_view::npos) << row.code;
    }
    const auto says = [](std::string_view code, std::string_view words) {
        return ews::meaning_of(code).advice.find(words) != std::string_view::npos;
    };
    EXPECT_TRUE(says("ErrorImpersonateUserDenied", "New-ManagementRoleAssignment -Role Applicat"));
    EXPECT_TRUE(says("ErrorAccessDenied", "Add-MailboxPermission"));
    EXPECT_TRUE(says("ErrorNonExistentMailbox", "Get-Mailbox ADDRESS"));
    EXPECT_TRUE(says("ErrorQuotaExceeded", "Set-Mailbox MAILBOX -ProhibitSendReceiveQuota"));
    EXPECT_TRUE(says("ErrorExceededSubscriptionCount", "-EwsMaxSubscriptions"));
    EXPECT_TRUE(says("ErrorPasswordExpired", "password"));
    EXPECT_TRUE(says("HTTP 403 of Exchange Online", "1 April 2027"));
}

TEST(ResponseCode, UnknownOnesAreJudgedByTheirName) {
    EXPECT_EQ(ews::meaning_of("ErrorSomethingTransientException").reaction, Reaction::retry_item);
    EXPECT_EQ(ews::meaning_of("ErrorSomethingNew").reaction, Reaction::set_aside);
    EXPECT_EQ(item_error("ErrorSomethingNew").code, errc::other);
    EXPECT_EQ(item_error("ErrorSomethingNew").response_code, "ErrorSomethingNew");
}

TEST(ResponseCode, AnUnknownOneInAFaultIsNotTheFaultOfTheItem) {
    for (const auto* code : {"ErrorSomethingNew", "ErrorSomethingTransientException"})
        EXPECT_EQ(ews::reaction_to(fault(code).code), Reaction::wait_for_server) << code;
}

// What the schema has and the table has not, on purpose: it answers what we never ask, and if it
// comes, that item is set aside. By words of the names.
constexpr const char* never_asked[] = {
    // calendars, tasks, free times
    "Calendar Meeting Occurrence Recurrence Task FreeBusy Oof WorkingHours TimeInterval",
    "CompleteDate PercentComplete MailboxDataArray Availability AddressSpace AutoDiscoverFailed",
    "CrossForest IndividualMailbox",
    // delegates and permissions as things to edit, users named otherwise than by address
    "Delegate Permission UserId UserInfo Sid SecurityDescriptor DistinguishedUser LogonType",
    "ManagementRole AccessLevel",
    // people: contacts, groups, names, tips
    "Contact ImGroup ImDistribution DistributionList UnifiedGroup ForGroup TeamMailbox",
    "NameResolution ResolveNames ExpandDL MailTips Photo",
    // voice
    "UnifiedMessaging Phone Speech VoiceMail UMServer IPGateway SIPUri Prompt Recognizer",
    // archives, retention, searches
    "Archive SourceFolderPath Retention Search Discovery ContentIndexing MailboxHold Managed",
    "InputFolderNames Keyword QueryString",
    // public folders, sharing between organisations
    "PublicFolder Sharing Federat ByPolicy OrganizationRelationship",
    // add-ins and services beside mail
    "Extension Ecp ClientAccessToken Location Weather Longitude Latitude InternetWebProxy",
    "TargetDomain MessageTracking ClientIntent",
    // rules and bulk actions of users
    "Rule ConversationAction BulkAction Keep SenderRestrictions ReportMessage LikeRequest",
    // filters, items and requests that we do not write
    "SubFilter Subfilter Excludes PushSubscription ForOperation CreateItemAttachment ReferenceItem",
    "PostItem ReadReceipt Culture InformationEmailAddress"};

bool is_left_out(std::string_view code) {
    for (const auto* line : never_asked) {
        std::istringstream words(line);
        for (std::string word; words >> word;)
            if (code.find(word) != std::string_view::npos) return true;
    }
    return false;
}

TEST(ResponseCode, OfTheSchemaStandsInTheTableOrIsLeftOutOnPurpose) {
    const std::string file = MAILFERRY_SHARED "/ews/schema/exchange-se-15.2.2562.17/messages.xsd";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
    pugi::xml_document schema;
    ASSERT_TRUE(schema.load_file(file.c_str()));
    const auto codes = schema.find_node([](pugi::xml_node node) {
        return std::string_view(node.attribute("name").value()) == "ResponseCodeType";
    });
    int listed = 0;
    for (const auto node : codes.child("xs:restriction").children("xs:enumeration")) {
        const std::string_view code = node.attribute("value").value();
        ++listed;
        if (code == "NoError" || !ews::meaning_of(code).code.empty()) continue;
        EXPECT_TRUE(is_left_out(code)) << code << " has no row";
    }
    EXPECT_GT(listed, 500);
}

}  // namespace
