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
    PersonMatch match;
    match.outcome = Outcome::user;
    match.record = Reference{RecordKind::user, user.id, false};
    match.seen = shown(user.id, user.name);
    match.why = fmt::format("{} is a user of the CRM", shown(user.id, user.name));
    return match;
}

/// The other contacts beside the chosen one; a contact may have the address in two of its fields.
std::vector<Reference> others(const std::vector<Contact>& contacts, const std::string& chosen) {
    std::vector<std::string> ids;
    for (const auto& contact : contacts)
        if (contact.id != chosen) ids.push_back(contact.id);
    std::ranges::sort(ids, lower_id);
    const auto [first, last] = std::ranges::unique(ids);
    ids.erase(first, last);
    std::vector<Reference> references;
    for (auto& id : ids) references.push_back({RecordKind::contact, std::move(id), false});
    return references;
}

/// "1 (Ann Bo), 2 (Bo Ann), 10"
std::string ids(const std::vector<Contact>& contacts) {
    std::string text;
    for (const auto& one : others(contacts, "")) {
        const auto contact = std::ranges::find(contacts, one.id, &Contact::id);
        text += (text.empty() ? "" : ", ") + shown(contact->id, contact->name);
    }
    return text;
}

PersonMatch as_contact(
    const std::vector<Contact>& contacts, const Choice<Contact>& choice, SeveralContacts several
) {
    PersonMatch match;
    match.outcome = Outcome::contact;
    match.record = Reference{RecordKind::contact, choice.record->id, false};
    match.account = choice.record->account;
    match.why = because(fmt::format("contact {} has this address", choice.record->id), choice.why);
    if (several == SeveralContacts::one) return match;
    match.others = others(contacts, choice.record->id);
    if (match.others.empty()) return match;
    if (several == SeveralContacts::all) {
        match.why = fmt::format(
            "contacts {} have this address and are all linked; {} comes first{}",
            ids(contacts),
            choice.record->id,
            choice.why.substr(std::min(choice.why.find(';'), choice.why.size()))
        );
        return match;
    }
    PersonMatch refused;
    refused.ambiguous = true;
    refused.why =
        fmt::format("contacts {} share this address (several-contacts=\"error\")", ids(contacts));
    return refused;
}

PersonMatch as_lead(const Choice<Lead>& choice) {
    const auto& lead = *choice.record;
    PersonMatch match;
    if (lead.converted_to) {
        match.outcome = Outcome::contact;
        match.record = Reference{RecordKind::contact, *lead.converted_to, false};
        match.why = because(
            fmt::format("lead {} became contact {}", lead.id, *lead.converted_to), choice.why
        );
        return match;
    }
    match.outcome = Outcome::lead;
    match.record = Reference{RecordKind::lead, lead.id, false};
    match.why =
        because(fmt::format("lead {} has this address, no contact has", lead.id), choice.why);
    return match;
}

PersonMatch unmatched(std::string why) {
    PersonMatch match;
    match.why = std::move(why);
    return match;
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
        const auto verdict = options.exclusive_users
                                 ? "linked as user; ends here"
                                 : "passed over (exclusive-users=\"false\"); next: contact";
        trace.push_back({"user", addressee.address, match.seen, verdict});
        if (options.exclusive_users) return match;
    } else {
        trace.push_back({"user", addressee.address, "none", "next: contact"});
    }
    if (!person.contacts.empty()) {
        const auto choice = break_tie(person.contacts, preference);
        auto match = as_contact(person.contacts, choice, options.several_contacts);
        const auto verdict = match.ambiguous        ? std::string("refused, several-contacts=\"error\"")
                             : match.others.empty() ? std::string("linked")
                                                    : fmt::format("linked, and {} more", match.others.size());
        trace.push_back({"contact", addressee.address, shown(choice), verdict});
        return match;
    }
    const auto after = options.match_leads ? "next: lead" : "leads are not matched (match-leads)";
    trace.push_back({"contact", addressee.address, "none", after});
    const bool users = options.exclusive_users;
    if (!options.match_leads)
        return unmatched(users ? "no user and no contact has this address" : "no contact has this address");
    if (person.leads.empty()) {
        trace.push_back({"lead", addressee.address, "none", "unknown to the CRM"});
        return unmatched(users ? "no user, contact or lead has this address" : "no contact or lead has this address");
    }
    const auto leads = preferred(person.leads);
    const auto choice = break_tie(leads, preference);
    auto match = as_lead(choice);
    const auto verdict = match.outcome == Outcome::lead ? "linked" : "linked as its contact";
    trace.push_back({"lead", addressee.address, shown(choice), verdict});
    return match;
}

}  // namespace rules
