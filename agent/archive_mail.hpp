// Carries out the CRM side of a Decision: creates what it names, in order, then stores the mail with its
// links. Every call carries the Decision's key, so the whole may be repeated after any interruption.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "agent/error.hpp"
#include "agent/read_mail.hpp"
#include "crm/archive.hpp"
#include "rules/decision.hpp"

namespace agent {

struct CreatedRecord {
    rules::RecordKind kind;
    std::string key, id;
    bool existed = false;
    bool operator==(const CreatedRecord&) const = default;
};

/// What the CRM has confirmed.
struct Archived {
    std::string record;    ///< CRM id of the mail
    bool existed = false;  ///< the mail was there already; links were added
    std::vector<CreatedRecord> created;
    bool operator==(const Archived&) const = default;
};

boost::asio::awaitable<Result<Archived>> archive_mail(
    const rules::Decision& decision, const ReadMail& read, crm::Archive& archive
);

}  // namespace agent
