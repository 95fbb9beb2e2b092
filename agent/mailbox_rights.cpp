#include "agent/mailbox_rights.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace agent {

namespace {

using Place = NeededRights::Place;

/// "read, mark"; "" where nothing is missing.
std::string missing(const NeededRights& one) {
    const ews::EffectiveRights& rights = *one.rights;
    const bool is_top = one.place == Place::top;
    const std::initializer_list<std::pair<const char*, bool>> needs = {
        {"read", !is_top && !rights.read},
        {"make folders", is_top && !rights.create_hierarchy},
        {"put mails into it", one.place == Place::home && !rights.create_contents},
        {"mark mails", !is_top && !rights.modify},
        {"take mails out", !is_top && !rights.remove}
    };
    std::string told;
    for (const auto& [need, is_missing] : needs) {
        if (is_missing) told += (told.empty() ? "" : ", ") + std::string(need);
    }
    return told;
}

}  // namespace

std::vector<std::string> missing_rights(const std::vector<NeededRights>& folders) {
    std::vector<std::string> told;
    for (const NeededRights& one : folders) {
        if (!one.rights) continue;
        const std::string what = missing(one);
        if (!what.empty()) told.push_back(fmt::format("in {}: {}", one.folder, what));
    }
    return told;
}

}  // namespace agent
