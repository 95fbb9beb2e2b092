// A policy in memory: what an admin wrote (rules/read_policy), with every default filled in.
// Immutable once read; the engine and the agent only look at it. Options and defaults: man
// mailferry-policy(5).
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/vocabulary.hpp"

namespace rules {

/// The category that marks CRM items; also the name of the master folder in the mailbox.
struct Category {
    std::string name;
    int colour =
        -1;  ///< index of the master category list, -1 is "none", 0 to 24 are Outlook's colours
    bool operator==(const Category&) const = default;
};

/// The categories that tell the user what became of a mail.
struct ProcessingCategories {
    std::string complete = "Processing Complete";
    std::string missing_matches = "Missing Required Matches";
    std::string error = "Processing Error";
    std::string pending = "Pending";
    bool operator==(const ProcessingCategories&) const = default;
};

/// What is done where several contacts have one address.
enum class SeveralContacts { one, all, error };
std::string_view to_text(SeveralContacts several);  ///< "one", "all", "error"

struct MatchOptions {
    bool must_match = true;  ///< at least one contact or lead matched or created, else skip
    bool match_cc_bcc = true;
    bool match_leads = false;  ///< where no contact matches
    bool match_reply_to = false;
    bool exclusive_users = true;  ///< who is a user is linked as that; else users are passed over
    SeveralContacts several_contacts = SeveralContacts::one;
    bool operator==(const MatchOptions&) const = default;
};

struct CreationOptions {
    bool people = true;
    bool lead_instead_of_contact = false;     ///< then no account is created
    bool accounts = true;                     ///< a new account where none matched
    std::set<std::string> no_create_domains;  ///< lower case, without '@'; archiving goes on
    bool operator==(const CreationOptions&) const = default;
};

struct AttachmentOptions {
    bool store = false;
    bool summary = false;  ///< append a list to the archived body; only with `store`
    bool operator==(const AttachmentOptions&) const = default;
};

/// The "- Create New …" folders.
struct SmartConvert {
    bool enabled = false;
    MatchOptions match;
    CreationOptions creation;
    bool record_per_mailbox = false;     ///< a mail that several users drop makes a record of each
    bool retry_missing_matches = false;  ///< what matches nobody stays and is tried again
    bool purge_after_success = false;    ///< delete the mail instead of returning it
    bool operator==(const SmartConvert&) const = default;
};

/// Inbox or Sent Items: mail is archived where it lies.
struct AutomaticCapture {
    bool enabled = false;
    bool required_category = true;  ///< only what carries the policy's category
    MatchOptions match;
    CreationOptions creation{false, false, true, {}};  ///< nobody, by default
    bool operator==(const AutomaticCapture&) const = default;
};

/// A part of the week, in local time. `to` before or at `from` ends on the next day.
struct Hours {
    std::set<int> days;  ///< ISO 8601: 1 is Monday, 7 is Sunday; on these it begins
    std::chrono::minutes from{0}, to{24 * 60};  ///< since midnight
    bool operator==(const Hours&) const = default;
};

/// When full cycles run and when nothing does. The hours are those of each user's own time zone.
struct Schedule {
    std::chrono::minutes peak_interval{15}, off_peak_interval{60};
    std::vector<Hours> peak{{{1, 2, 3, 4, 5}, std::chrono::hours(8), std::chrono::hours(18)}};
    std::vector<Hours> blackout;  ///< wins over peak
    std::string time_zone;  ///< IANA name, for users of whom none is known; "" is UTC
    int items_per_cycle = 500;  ///< taken of Inbox and Sent Items by one user and cycle
    bool operator==(const Schedule&) const = default;
};

/// Who hears of it when the mail of a user keeps failing.
struct ErrorNotices {
    int threshold = 5;  ///< outstanding errors of one user
    std::vector<std::string> to;  ///< addresses; none: nobody
    bool operator==(const ErrorNotices&) const = default;
};

/// What is done where the CRM account lacks a right.
enum class OnForbidden { retry, rollback, ignore };
std::string_view to_text(OnForbidden reaction);  ///< "retry", "rollback", "ignore"

struct PermissionErrors {
    OnForbidden create_account = OnForbidden::retry;
    OnForbidden create_person = OnForbidden::retry;
    OnForbidden create_record = OnForbidden::retry;
    OnForbidden archive = OnForbidden::retry;  ///< never ignore
    bool operator==(const PermissionErrors&) const = default;
};

/// How many mails automatic capture takes in a window before it waits and calls an admin: two programs may be
/// answering each other. 0 is no limit.
struct LoopBrakes {
    int per_sender = 100, per_thread = 30;  ///< of one mailbox
    std::chrono::minutes window{60};
    bool operator==(const LoopBrakes&) const = default;
};

struct Policy {
    std::string name;
    bool enabled = false;
    Category category;
    ProcessingCategories categories;
    std::set<std::string> own_domains;  ///< lower case; their addresses never become people
    std::set<RecordKind> modules;  ///< opportunity, case, project, quote: which drop folders exist
    std::map<RecordKind, std::map<std::string, std::string>>
        defaults;  ///< of a module's new records: value by field; only kinds that have some
    AttachmentOptions attachments;
    SmartConvert smart_convert;
    AutomaticCapture inbox, sent_items;
    Schedule schedule;
    ErrorNotices error_notices;
    PermissionErrors permission_errors;
    LoopBrakes loop_brakes;
    bool operator==(const Policy&) const = default;
};

/// The options of the folder that a mail came through.
const MatchOptions& match_of(const Policy& policy, const Role& role);
const CreationOptions& creation_of(const Policy& policy, const Role& role);
/// Of inbox and sent-items; nullptr for the others.
const AutomaticCapture* capture_of(const Policy& policy, const Role& role);

}  // namespace rules
