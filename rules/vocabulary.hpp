// The words that mail, facts and decisions share: kinds of CRM records, references to them, and the
// role of the folder a mail came through. Used by rules/, crm/ and agent/.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rules {

/// What a CRM holds. `case_` is spelt "case" in text.
enum class RecordKind { user, contact, lead, account, opportunity, case_, project, quote, email };

std::string_view to_text(RecordKind kind);
std::optional<RecordKind> record_kind(std::string_view text);

/// A record that exists in the CRM (`created` false, `id` is the CRM's), or one that the same
/// Decision creates (`created` true, `id` is the key of that Create).
struct Reference {
    RecordKind kind = RecordKind::contact;
    std::string id;
    bool created = false;
    auto operator<=>(const Reference&) const = default;
};

/// Through which folder the mail came: what the user, by putting it there, has asked for.
/// Text form (command line, journal): "create-new/opportunity", "assign-to/case/17", "inbox",
/// "sent-items".
struct Role {
    enum class Door { create_new, assign_to, inbox, sent_items };
    Door door = Door::create_new;
    RecordKind kind = RecordKind::email;  ///< of create_new and assign_to; `email` makes no record
    std::string record;                   ///< CRM id, assign_to only
    auto operator<=>(const Role&) const = default;
};

/// Mail is captured where it lies; no drop folder.
bool is_automatic(const Role& role);
std::string to_text(const Role& role);
std::optional<Role> role(std::string_view text);

}  // namespace rules
