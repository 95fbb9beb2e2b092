// What is done where the CRM account lacks a right that a mail needs: whether the policy waits,
// takes back or goes on without, what an admin is told, and the taking back. Used by
// agent/archive_mail.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "agent/error.hpp"
#include "crm/archive.hpp"
#include "rules/decision.hpp"
#include "rules/policy.hpp"

namespace agent {

struct MissingRight {
    rules::RecordKind kind;  ///< what may not be created; email: archived
    std::string text;        ///< as the CRM puts it
};

/// Of an account, of a person, or of any other record; that of a mail is never ignore.
rules::OnForbidden reaction_to(const MissingRight& right, const rules::PermissionErrors& errors);

/// What the mail ends with, as it cannot go on. retry: transient, so that it waits by its own
/// ladder and the others go on. rollback, and ignore of what it cannot do without: `creations` are
/// taken back, the last one first, then permanent; where taking back fails, an error after which
/// the whole is tried again. The references must outlive the call.
///
/// Every key is taken back, also one whose record existed when this call came to it: an earlier
/// try, which ended before it had stored the mail, may have made that record, and nothing else
/// would ever remove it. That harms nobody: a Decision creates only what the CRM did not have when
/// it was made, so another mail must have made the record since. Where that mail is archived, it is
/// linked, and crm::Archive::undo leaves alone whatever others link or refer to or have changed.
/// Where it is still on its way, it is told not_found, is decided anew and makes the record again.
/// What people entered or imported has no key.
boost::asio::awaitable<Error> stop(
    const MissingRight& right,
    const rules::PermissionErrors& errors,
    const std::vector<rules::Create>& creations,
    crm::Archive& archive
);

}  // namespace agent
