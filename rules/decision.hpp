// What shall happen to a mail and why: a plain value that is printed, compared, stored in the
// journal and dry-run. Nothing here has an effect; agent/worker alone acts on it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/mail.hpp"
#include "rules/vocabulary.hpp"

namespace rules {

/// skip: it is not archived, and that is all. hold: it stays where it is and is looked at again.
enum class Verdict { archive, skip, hold, fail };
std::string_view to_text(Verdict verdict);

enum class Outcome {
    user,
    contact,
    lead,
    create_contact,
    create_lead,
    unmatched,
    blocked,
    duplicate
};
std::string_view to_text(Outcome outcome);  ///< "create-contact", …

/// What became of one addressee.
struct AddresseeOutcome {
    std::string address;
    Position position = Position::to;
    Outcome outcome = Outcome::unmatched;
    std::optional<Reference> record;
    std::vector<Reference> others;  ///< with the same address, linked too (several-contacts="all")
    std::string why;                ///< one sentence for the admin
    bool operator==(const AddresseeOutcome&) const = default;
};

/// A record to create. `key` is the key of idempotency: the same key twice is the same record,
/// whoever asks and however often ("contact:ann@acme.example", "account:acme.example",
/// "opportunity:<fingerprint>").
struct Create {
    RecordKind kind = RecordKind::contact;
    std::string key;
    std::string name;
    std::map<std::string, std::string>
        fields;  ///< first_name, last_name, email, domain, description …
    std::optional<Reference> account, contact;
    bool operator==(const Create&) const = default;
};

struct AttachmentChoice {
    std::optional<std::string> filename;
    bool stored = false;
    std::string why;
    bool operator==(const AttachmentChoice&) const = default;
};

/// Where the mail goes afterwards.
struct Disposition {
    enum class Move { none, inbox, sent_items, stay };
    Move move = Move::none;
    bool purge = false;
    /// The user copied the mail: the categories are for the original, which stays where it is, and
    /// the copy is removed. `move` holds where the original is gone by then.
    bool copy = false;
    std::vector<std::string> categories_add, categories_remove;
    bool operator==(const Disposition&) const = default;
};
std::string_view to_text(Disposition::Move move
);  ///< "inbox", "sent-items", "stay"; "null" for none

/// One condition as it was met: what was looked at, the value seen, what followed.
struct TraceStep {
    std::string stage;    ///< "addressee", "must-match", "account", "disposition" …
    std::string subject;  ///< the address, option or domain in question
    std::string seen;
    std::string verdict;
    bool operator==(const TraceStep&) const = default;
};
using Trace = std::vector<TraceStep>;

struct Decision {
    Verdict verdict = Verdict::fail;
    std::string reason;  ///< one sentence
    std::string rule;    ///< name of the rule that decided, "" if none
    bool known = false;  ///< the CRM has the mail already: links that are missing are added to it
    bool again = false;  ///< of hold: tried again by itself; else another policy has to want it
    bool braked = false;  ///< of hold, with `again`: a loop brake, of which an admin has to hear
    std::vector<AddresseeOutcome> addressees;
    std::vector<Create> create;    ///< in order of dependence: accounts, people, then the record
    std::vector<Reference> links;  ///< what the archived mail is linked to; each once
    std::string body_suffix;  ///< attachment summary to append to the archived text, "" if none
    std::vector<AttachmentChoice> attachments;  ///< one for each of Mail::attachments, same order
    Disposition
        disposition;  ///< on success; agent/worker uses the policy's error category on failure
    Trace trace;
    bool operator==(const Decision&) const = default;
};

}  // namespace rules
