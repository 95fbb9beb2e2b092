// The records that a decision creates: the person of an address, the opportunity, case, project or
// quote of a mail. Keys are those of idempotency (see Create). Used by evaluate.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/decision.hpp"
#include "rules/mail.hpp"

namespace rules {

/// `kind` is contact or lead.
Create new_person(RecordKind kind, const Addressee& addressee);

/// A contact that the mail has to do with, and its account.
struct Party {
    Position position = Position::from;
    Reference contact;
    std::optional<Reference> account;
};

/// The party the record is about: From of a received mail, the first To of a sent one; where that
/// is nobody, the first party at all. Parties are in header order, users and leads are none.
const Party* primary_party(const std::vector<Party>& parties, Direction direction);

/// Key of the archived mail: the same for every copy in every mailbox.
std::string mail_key(const Mail& mail);

/// Key of the record that is made of the mail; with `per_mailbox` another one for each mailbox.
std::string record_key(const Mail& mail, bool per_mailbox);

/// Name from the subject, description from the text.
Create new_record(const Mail& mail, std::string key, const Party* primary);

/// Adds the policy's `defaults`, value by field, where the mail has given none.
void fill_in(Create& record, const std::map<std::string, std::string>& defaults, Trace& trace);

}  // namespace rules
