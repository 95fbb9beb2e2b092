// What differs between the outcomes of two decisions about one mail: under two policies, say. Pure; used by
// `mailferry compare`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/decision.hpp"

namespace agent {

/// A record that a dry run has made.
struct MadeRecord {
    std::string key, name;
    bool operator==(const MadeRecord&) const = default;
};

/// A decision, and what was made before it in the same run, by the ids given there: those mean nothing elsewhere.
struct Side {
    const rules::Decision& decision;
    const std::map<std::string, MadeRecord>& made;
};

/// For an admin, a line each ("category: Processing Complete -> none"): first the verdict where it differs, then the
/// reason, addressees, creations with their fields, links, attachments, and what becomes of the mail. Empty if the outcome is the same.
/// Texts of strangers stand in it unchanged.
std::vector<std::string> compare_decisions(const Side& before, const Side& after);

}  // namespace agent
