#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "tests/crash/expectation.hpp"

namespace crash {

namespace {

using Places = std::map<std::string, std::vector<Place>>;  // by Message-ID

std::string to_text(const std::vector<Place>& places) {
    std::vector<std::string> texts;
    for (const Place& place : places) {
        texts.push_back(fmt::format(
            "{} of {} [{}]", place.folder, place.mailbox, fmt::join(place.categories, ", ")
        ));
    }
    return texts.empty() ? "nowhere" : fmt::format("{}", fmt::join(texts, " and "));
}

Places places_in(const Office& office) {
    Places places;
    for (const std::string& user : office.users()) {
        for (const auto& folder : office.exchange().folders(user)) {
            if (folder.items == 0) continue;
            const std::string name =
                folder.distinguished.empty() ? folder.display_name : folder.distinguished;
            for (auto& item : office.exchange().items(user, folder.id)) {
                std::ranges::sort(item.categories);
                if (name == "deleteditems")
                    item.categories.clear();  // nobody promises what a removed copy carries
                places[item.message_id].push_back({user, name, std::move(item.categories)});
            }
        }
    }
    for (auto& [id, list] : places) std::ranges::sort(list);
    return places;
}

/// A folder that was made twice would go unnoticed by its name.
void check_folders(const Office& office, Findings& findings) {
    for (const std::string& user : office.users()) {
        std::set<std::string> names;
        for (const auto& folder : office.exchange().folders(user)) {
            const bool is_new = names.insert(folder.display_name).second;
            if (!is_new)
                findings.add(
                    &Findings::doubled, folder.display_name + " of " + user + " is there twice"
                );
        }
    }
}

}  // namespace

Findings check_mailboxes(const Office& office, const std::vector<Mail>& mails) {
    Findings findings;
    check_folders(office, findings);
    Places places = places_in(office);
    for (const Mail& mail : mails) {
        const std::vector<Place> found = std::exchange(places[mail.message_id], {}),
                                 wanted = mail.places();
        if (found == wanted) continue;
        const auto kind = found.size() < wanted.size()   ? &Findings::lost
                          : found.size() > wanted.size() ? &Findings::doubled
                                                         : &Findings::wrong;
        findings.add(
            kind,
            fmt::format(
                "mail {} ({}) lies in {}, not in {}",
                mail.number,
                to_text(mail.fate),
                to_text(found),
                to_text(wanted)
            )
        );
    }
    for (const auto& [id, list] : places) {
        if (!list.empty())
            findings.add(
                &Findings::wrong, id + " lies in " + to_text(list) + ", and nobody sent it"
            );
    }
    return findings;
}

}  // namespace crash
