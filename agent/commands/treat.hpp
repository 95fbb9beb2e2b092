// One mail through the pipeline, in the commands that have many: decided, then archived in the CRM
// or in an overlay above it. Used by replay and compare.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "agent/archive_mail.hpp"
#include "agent/read_mail.hpp"
#include "crm/archive.hpp"
#include "crm/directory.hpp"
#include "crm/overlay/overlay.hpp"
#include "rules/decision.hpp"
#include "rules/policy.hpp"

namespace agent {

/// The people and records that are asked and written: the CRM itself, or the overlay above it.
struct Target {
    crm::Directory& directory;
    crm::Archive& archive;
};

/// A dry run above `base`, which must outlive it.
crm::overlay::Overlay overlay_above(crm::Directory& base);

struct Treated {
    rules::Decision decision;          ///< `fail` with the reason where the CRM did not take it
    std::optional<Archived> archived;  ///< what the target has confirmed
};

/// All references must outlive the call.
boost::asio::awaitable<Treated> treat(
    const rules::Policy& policy, const ReadMail& read, Target target
);

}  // namespace agent
