#include "rules/match/person.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace rules {
namespace {

std::string shown(const std::string& id, const std::string& name) {
    return name.empty() ? id : fmt::format("{} ({})", id, name);
}

/// "c1 (Ann Bo); 2 share the address; taken for the latest change"
template <class Record>
std::string shown(const Choice<Record>& choice) {
    const auto record = shown(choice.record->id, choice.record->name);
    return choice.why.empty() ? record : fmt::format("{}; {}", record, choice.why);
}

std::string because(std::string_view sentence, const std::string& tie) {
    return tie.empty() ? std::string(sentence) : fmt::format("{}; {}", sentence, tie);
}

PersonMatch as_user(const std::vector<User>& users) {
    const auto& user = *std::ranges::min_element(users, [](const User& a, const User& b) {
        return lower_id(a.id, b.id);
    });
    return {
        Outcome::user,
        Reference{RecordKind::user, user.id, false},
        std::nullopt,
        fmt::format("{} is a user of the CRM", shown(user.id, user.name))};
}

PersonMatch as_contact(const Choice<Contact>& choice) {
    return {
        Outcome::contact,
        Reference{RecordKind::contact, choice.record->id, false},
        choice.record->account,
        because(fmt::format("contact {} has this address", choice.record->id), choice.why)};
}

PersonMatch as_lead(const Choice<Lead>& choice) {
    const auto& lead = *choice.record;
    if (lead.converted_to) {
        return {
            Outcome::contact,
            Reference{RecordKind::contact, *lead.converted_to, false},
            std::nullopt,
            because(
                fmt::format("lead {} became contact {}", lead.id, *lead.converted_to), choice.why
            )};
    }
    return {
        Outcome::lead,
        Reference{RecordKind::lead, lead.id, false},
        std::nullopt,
        because(fmt::format("lead {} has this address, no contact has", lead.id), choice.why)};
}

PersonMatch unmatched(std::string why) {
    return {Outcome::unmatched, std::nullopt, std::nullopt, std::move(why)};
}

/// A converted lead stands for its contact, and a contact wins over a lead.
std::vector<Lead> preferred(const std::vector<Lead>& leads) {
    std::vector<Lead> converted;
    std::ranges::copy_if(leads, std::back_inserter(converted), [](const Lead& lead) {
        return lead.converted_to.has_value();
    });
    return converted.empty() ? leads : converted;
}

}  // namespace

PersonMatch match_person(
    const Addressee& addressee,
    const Person& person,
    const MatchOptions& options,
    const Preference& preference,
    Trace& trace
) {
    if (!person.users.empty()) {
        auto match = as_user(person.users);
        trace.push_back({"user", addressee.address, match.record->id, "linked as user; ends here"});
        return match;
    }
    trace.push_back({"user", addressee.address, "none", "next: contact"});
    if (!person.contacts.empty()) {
        const auto choice = break_tie(person.contacts, preference);
        trace.push_back({"contact", addressee.address, shown(choice), "linked"});
        return as_contact(choice);
    }
    const auto after = options.match_leads ? "next: lead" : "leads are not matched (match-leads)";
    trace.push_back({"contact", addressee.address, "none", after});
    if (!options.match_leads) return unmatched("no user and no contact has this address");
    if (person.leads.empty()) {
        trace.push_back({"lead", addressee.address, "none", "unknown to the CRM"});
        return unmatched("no user, contact or lead has this address");
    }
    const auto leads = preferred(person.leads);
    const auto choice = break_tie(leads, preference);
    auto match = as_lead(choice);
    const auto verdict = match.outcome == Outcome::lead ? "linked" : "linked as its contact";
    trace.push_back({"lead", addressee.address, shown(choice), verdict});
    return match;
}

}  // namespace rules
