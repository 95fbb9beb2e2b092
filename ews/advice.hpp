// What an admin must do about an answer of Exchange: a sentence each, with the place, to follow a
// semicolon. Apart from the table of codes (ews/response_code.cpp), so that rows stay lines.
// https://learn.microsoft.com/powershell/module/exchangepowershell
#pragma once

#include <string_view>

namespace ews::advice {

inline constexpr std::string_view none;

// who may enter
inline constexpr std::string_view access =
    "give the account access: Add-MailboxPermission MAILBOX -User ACCOUNT -AccessRights "
    "FullAccess, "
    "or New-ManagementRoleAssignment -Role ApplicationImpersonation -User ACCOUNT";
inline constexpr std::string_view impersonation =
    "give the account the right to act for others: New-ManagementRoleAssignment -Role "
    "ApplicationImpersonation -User ACCOUNT; in Exchange Online, which has that role no more, the "
    "application permission full_access_as_app in Microsoft Entra ID";
inline constexpr std::string_view account =
    "the account itself is disabled, suspended or no user of the domain: enable it in Active "
    "Directory (Enable-ADAccount) or in Microsoft Entra ID";
inline constexpr std::string_view password =
    "correct user and password in the configuration, or set the account a new password; Exchange "
    "Online takes no passwords, only OAuth";
inline constexpr std::string_view token =
    "check tenant, client id, and secret or certificate (has it expired?) of the application in "
    "Microsoft Entra ID";
inline constexpr std::string_view scope =
    "give the application the permission full_access_as_app for Office 365 Exchange Online in "
    "Microsoft Entra ID, consent to it as an admin, and see that no access policy of Exchange "
    "(Get-ApplicationAccessPolicy) excludes the mailbox";
inline constexpr std::string_view license =
    "give the owner of the mailbox a license that has Exchange";
inline constexpr std::string_view tenant =
    "the tenant is blocked or marked for removal: see its subscription in the Microsoft 365 admin "
    "center";
inline constexpr std::string_view other_account =
    "another account made this subscription: let one agent with one account serve the mailbox";

// whether EWS is there at all
inline constexpr std::string_view ews_off =
    "see whether EWS is off for the mailbox (Set-CASMailbox MAILBOX -EwsEnabled $true) or the "
    "organisation (Set-OrganizationConfig -EwsEnabled $true, -EwsApplicationAccessPolicy), or "
    "whether a gateway blocks it";
inline constexpr std::string_view online_off =
    "EWS is disabled for this tenant or this application is not in EWSAllowedAppIDs: "
    "Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs \"APPLICATION-ID\", and "
    "Set-CASMailbox MAILBOX -EwsEnabled $true; on 1 April 2027 Microsoft switches EWS in Exchange "
    "Online off for good";
inline constexpr std::string_view address =
    "correct the address of EWS in the configuration, it usually ends in /EWS/Exchange.asmx "
    "(Get-WebServicesVirtualDirectory | fl InternalUrl,ExternalUrl)";
inline constexpr std::string_view elsewhere =
    "the mailbox is served at another address: put that into the configuration "
    "(Get-WebServicesVirtualDirectory | fl Server,InternalUrl,ExternalUrl)";
inline constexpr std::string_view preauthentication =
    "if it lasts, correct the address of EWS in the configuration, or let the gateway in front "
    "pass "
    "/EWS/ through without a login page of its own";
inline constexpr std::string_view version =
    "use a server and a mailbox of Exchange 2013 SP1 or later (Get-ExchangeServer | fl "
    "Name,AdminDisplayVersion)";

// the mailbox
inline constexpr std::string_view mailbox =
    "no mailbox is found there: check its primary SMTP address (Get-Mailbox ADDRESS), and whether "
    "it was removed or moved to the cloud (Get-RemoteMailbox ADDRESS)";
inline constexpr std::string_view duplicate =
    "two objects of the directory bear the same legacyExchangeDN: make it unique";
inline constexpr std::string_view moving =
    "if it lasts, see how far the move is: Get-MoveRequestStatistics MAILBOX";
inline constexpr std::string_view database =
    "if it lasts, see whether its database is mounted: Get-MailboxDatabaseCopyStatus";
inline constexpr std::string_view quota =
    "the mailbox is full: make room, or raise its quota (Get-MailboxStatistics MAILBOX; "
    "Set-Mailbox "
    "MAILBOX -ProhibitSendReceiveQuota)";
inline constexpr std::string_view deleted_quota =
    "the folder for what is deleted is full: empty it, or raise its quota "
    "(Get-MailboxFolderStatistics "
    "MAILBOX -FolderScope RecoverableItems; Set-Mailbox MAILBOX -RecoverableItemsQuota)";
inline constexpr std::string_view folder_quota =
    "a folder holds more mails than it may: move some, or raise Set-Mailbox MAILBOX "
    "-MailboxMessagesPerFolderCountReceiveQuota";
inline constexpr std::string_view repair =
    "let Exchange repair the mailbox: New-MailboxRepairRequest MAILBOX -CorruptionType "
    "FolderView,SearchFolder,AggregateCounts,ProvisionedFolder";

// limits, and the way inside
inline constexpr std::string_view connections =
    "if it lasts, let fewer programs use this account, or raise its limit: Set-ThrottlingPolicy "
    "-EwsMaxConcurrency, then Set-ThrottlingPolicyAssociation";
inline constexpr std::string_view subscriptions =
    "those of a program that has ended expire within half an hour; if it lasts, raise "
    "Set-ThrottlingPolicy -EwsMaxSubscriptions";
inline constexpr std::string_view health =
    "if it lasts, see whether EWS is healthy: Get-ServerHealth SERVER -HealthSet EWS, and the pool "
    "MSExchangeServicesAppPool in IIS";
inline constexpr std::string_view proxying =
    "if it lasts, see whether the servers reach each other: Get-ServerHealth SERVER -HealthSet "
    "EWS.Proxy, Get-ServerComponentState SERVER";
inline constexpr std::string_view groups =
    "the account is a member of too many groups: take it out of some";

// sending notices
inline constexpr std::string_view send_as =
    "let the account send as the mailbox: Add-RecipientPermission MAILBOX -Trustee ACCOUNT "
    "-AccessRights SendAs, or Add-ADPermission with -ExtendedRights \"Send As\" on your own "
    "servers";
inline constexpr std::string_view blocked =
    "Exchange keeps the mailbox from sending: see the restricted entities in the Microsoft "
    "Defender "
    "portal, or send notices by SMTP";
inline constexpr std::string_view sending =
    "the mailbox has sent as much as it may for now; if it lasts, send notices by SMTP";
inline constexpr std::string_view recipient = "correct the address for notices in the policy";

// one mail
inline constexpr std::string_view forward =
    "Exchange cannot give this mail out whole: open it in Outlook, forward it and drop that";
inline constexpr std::string_view virus = "a scanner on the server holds this mail back";
inline constexpr std::string_view size =
    "the mail is larger than the server lets through EWS: raise maxAllowedContentLength and "
    "maxReceivedMessageSize in both web.config of EWS, and the limit of any gateway in front";
inline constexpr std::string_view drop_again =
    "the server does not know the id any more, as after a move of the mailbox: drop the mail again";
inline constexpr std::string_view cross_mailbox =
    "Exchange moves no item to another mailbox: name a folder of the same mailbox in the policy";
inline constexpr std::string_view bug =
    "this looks like a mistake in our request: please report it, with this line";

}  // namespace ews::advice
