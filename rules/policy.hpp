// A policy in memory: what an admin wrote (rules/read_policy), with every default filled in.
// Immutable once read; the engine and the agent only look at it. Options and defaults: man
// mailferry-policy(5).
#pragma once

#include <set>
#include <string>
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
    bool operator==(const ProcessingCategories&) const = default;
};

struct MatchOptions {
    bool must_match = true;  ///< at least one contact or lead matched or created, else skip
    bool match_cc_bcc = true;
    bool match_leads = false;  ///< where no contact matches
    bool match_reply_to = false;
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
    AttachmentOptions attachments;
    bool purge_after_success = false;  ///< delete the mail instead of returning it
    bool operator==(const SmartConvert&) const = default;
};

struct Policy {
    std::string name;
    bool enabled = false;
    Category category;
    ProcessingCategories categories;
    std::set<std::string> own_domains;  ///< lower case; their addresses never become people
    std::set<RecordKind> modules;  ///< opportunity, case, project, quote: which drop folders exist
    SmartConvert smart_convert;
    bool operator==(const Policy&) const = default;
};

}  // namespace rules
