#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "tests/soak/findings.hpp"

namespace soak {

namespace {

using crash::Place;
using Places = std::map<std::string, std::vector<Place>>;  // by Message-ID

std::string listed(const std::vector<Place>& places) {
    std::vector<std::string> texts;
    for (const Place& place : places) {
        texts.push_back(fmt::format(
            "{} of {} [{}]", place.folder, place.mailbox, fmt::join(place.categories, ", ")
        ));
    }
    return texts.empty() ? "nowhere" : fmt::format("{}", fmt::join(texts, " and "));
}

void look_into(const Site& site, const std::string& user, Places& places, Findings& findings) {
    std::set<std::string> names;
    for (const auto& folder : site.exchange().folders(user)) {
        if (!names.insert(folder.display_name).second)
            findings.push_back(folder.display_name + " of " + user + " is there twice");
        if (folder.items == 0) continue;
        const std::string name =
            folder.distinguished.empty() ? folder.display_name : folder.distinguished;
        for (auto& item : site.exchange().items(user, folder.id)) {
            std::ranges::sort(item.categories);
            // Nobody promises what a removed copy carries.
            if (name == "deleteditems") item.categories.clear();
            places[item.message_id].push_back({user, name, std::move(item.categories)});
        }
    }
}

}  // namespace

Findings check_mailboxes(const Site& site, const std::vector<crash::Mail>& mails) {
    Findings findings;
    Places places;
    for (const std::string& user : site.users()) look_into(site, user, places, findings);
    for (auto& [id, list] : places) std::ranges::sort(list);
    for (const crash::Mail& mail : mails) {
        const std::vector<Place> found = std::exchange(places[mail.message_id], {}),
                                 wanted = mail.places();
        if (found == wanted) continue;
        findings.push_back(fmt::format(
            "mail {} ({}) lies in {}, not in {}",
            mail.number,
            to_text(mail.fate),
            listed(found),
            listed(wanted)
        ));
    }
    for (const auto& [id, list] : places) {
        if (!list.empty())
            findings.push_back(id + " lies in " + listed(list) + ", and nobody sent it");
    }
    return findings;
}

}  // namespace soak
