// Carries out the CRM side of a Decision: creates what it names, in order, then stores the mail with its
// links. Every call carries the Decision's key, so the whole may be repeated after any interruption. Where the CRM
// account lacks a right, it waits, takes back or goes on without, as the policy says (agent/missing_right).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "agent/error.hpp"
#include "agent/read_mail.hpp"
#include "crm/archive.hpp"
#include "rules/decision.hpp"
#include "rules/policy.hpp"

namespace agent {

struct CreatedRecord {
    rules::RecordKind kind;
    std::string key, id;
    bool existed = false;
    bool operator==(const CreatedRecord&) const = default;
};

/// A record of the Decision that the CRM account may not create, and that the policy can do without.
struct LeftOut {
    rules::RecordKind kind;
    std::string key;
    std::string why;  ///< as the CRM puts it
    bool operator==(const LeftOut&) const = default;
};

/// What the CRM has confirmed.
struct Archived {
    std::string record;    ///< CRM id of the mail
    bool existed = false;  ///< the mail was there already; links were added
    std::vector<CreatedRecord> created;  ///< in the order of the Decision
    std::vector<LeftOut> left_out;       ///< neither linked nor referred to
    bool operator==(const Archived&) const = default;
};

/// All references must outlive the call. A mail whose people are all left out is not archived: permanent.
boost::asio::awaitable<Result<Archived>> archive_mail(
    const rules::Decision& decision,
    const ReadMail& read,
    const rules::PermissionErrors& permission_errors,
    crm::Archive& archive
);

}  // namespace agent
