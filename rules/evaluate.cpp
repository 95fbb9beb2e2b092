// Longer than other files: the whole order of decisions, from top to bottom, is read in one place.
#include "rules/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "rules/attachments.hpp"
#include "rules/create/gate.hpp"
#include "rules/create/record.hpp"
#include "rules/disposition.hpp"
#include "rules/match/account.hpp"
#include "rules/match/addressees.hpp"
#include "rules/match/person.hpp"

namespace rules {
namespace {

/// One pass from the top to a question or a decision. It keeps nothing: with more facts it runs
/// again.
class Evaluation {
public:
    Evaluation(const Policy& policy, const Mail& mail, const Facts& facts)
        : policy_(policy), mail_(mail), facts_(facts) {}

    std::variant<Need, Decision> run() {
        if (is_refused()) return std::move(decision_);
        candidates_ = candidates(mail_, policy_.smart_convert.match, decision_.trace);
        if (auto need = people_needed(); !need.empty()) return need;
        match_people();
        if (auto need = accounts_needed(); !need.empty()) return need;
        if (!must_match_is_met()) return std::move(decision_);
        archive();
        return std::move(decision_);
    }

private:
    struct Refusal {
        std::string subject, seen, reason;
    };
    std::optional<Refusal> refusal() const;
    bool is_refused();
    Need people_needed() const;
    const Person& person(const Addressee& addressee) const;
    Preference preference() const;
    void match_people();
    AddresseeOutcome match_one(const Addressee& addressee, Preference& preference);
    Need accounts_needed() const;
    bool must_match_is_met();
    std::string why_nobody() const;
    void archive();
    std::optional<Reference> account_of_new(const std::string& domain);
    void create_people();
    void create_record();
    void link(const Reference& reference);
    std::string reason() const;

    const Policy& policy_;
    const Mail& mail_;
    const Facts& facts_;
    Decision decision_;
    std::vector<Candidate> candidates_;
    std::map<std::string, std::string> account_of_matched_;           ///< contact id -> account id
    std::map<std::string, std::optional<Reference>> account_of_new_;  ///< by domain
    std::vector<Party> parties_;
};

std::optional<Evaluation::Refusal> Evaluation::refusal() const {
    if (!policy_.enabled) return Refusal{"enabled", "false", "the policy is disabled"};
    const auto& role = mail_.role;
    if (role.door == Role::Door::inbox || role.door == Role::Door::sent_items)
        return Refusal{"folder", to_text(role), "automatic capture is not part of this policy"};
    if (!policy_.smart_convert.enabled)
        return Refusal{"smart-convert", "disabled", "SmartConvert is disabled in this policy"};
    if (role.door == Role::Door::create_new && role.kind == RecordKind::email) return std::nullopt;
    if (!policy_.modules.contains(role.kind)) {
        const auto module = std::string(to_text(role.kind));
        return Refusal{"modules", "not " + module, "the module " + module + " is not enabled"};
    }
    return std::nullopt;
}

bool Evaluation::is_refused() {
    const auto refused = refusal();
    if (!refused) {
        decision_.trace.push_back({"policy", policy_.name, to_text(mail_.role), "applies"});
        return false;
    }
    decision_.verdict = Verdict::skip;
    decision_.reason = refused->reason;
    decision_.disposition.move = Disposition::Move::stay;
    decision_.trace.push_back({"policy", refused->subject, refused->seen, "nothing is done"});
    return true;
}

Need Evaluation::people_needed() const {
    Need need;
    const auto ask = [&](const std::string& key) {
        if (!key.empty() && !facts_.people.contains(key)) need.people.insert(key);
    };
    for (const auto& candidate : candidates_) ask(candidate.addressee->key);
    // Who the mailbox's user is decides between several contacts with one address.
    for (const auto& address : mail_.owner.addresses) ask(address);
    return need;
}

const Person& Evaluation::person(const Addressee& addressee) const {
    return facts_.people.at(addressee.key);
}

Preference Evaluation::preference() const {
    Preference preference;
    for (const auto& address : mail_.owner.addresses) {
        const auto found = facts_.people.find(address);
        if (found == facts_.people.end()) continue;
        for (const auto& user : found->second.users) preference.owners.insert(user.id);
    }
    for (const auto& candidate : candidates_) {
        const auto& known = person(*candidate.addressee);
        if (!known.users.empty() || known.contacts.size() != 1) continue;
        if (const auto& account = known.contacts.front().account)
            preference.accounts.insert(*account);
    }
    return preference;
}

void Evaluation::match_people() {
    auto preferred = preference();
    for (const auto& candidate : candidates_) {
        const auto& addressee = *candidate.addressee;
        if (!candidate.same_as) {
            decision_.addressees.push_back(match_one(addressee, preferred));
            continue;
        }
        const auto& first = decision_.addressees[*candidate.same_as];
        const auto why = fmt::format("the same address as in {}", to_text(first.position));
        decision_.trace.push_back({"addressee", addressee.address, why, "looked at once"});
        auto record = first.record;
        decision_.addressees.push_back(
            {addressee.address, addressee.position, Outcome::duplicate, std::move(record), why}
        );
    }
}

AddresseeOutcome Evaluation::match_one(const Addressee& addressee, Preference& preference) {
    auto& trace = decision_.trace;
    auto match =
        match_person(addressee, person(addressee), policy_.smart_convert.match, preference, trace);
    AddresseeOutcome outcome{
        addressee.address, addressee.position, match.outcome, match.record, match.why};
    if (match.outcome == Outcome::contact && match.account) {
        account_of_matched_[match.record->id] = *match.account;
        preference.accounts.insert(*match.account);
    }
    if (match.outcome != Outcome::unmatched) return outcome;
    const auto gate = creation_gate(policy_, mail_.owner, addressee, trace);
    outcome.outcome = gate.outcome;
    outcome.why = fmt::format("{}; {}", match.why, gate.why);
    if (!gate.open) return outcome;
    const auto kind = gate.outcome == Outcome::create_lead ? RecordKind::lead : RecordKind::contact;
    outcome.record = Reference{kind, new_person(kind, addressee).key, true};
    return outcome;
}

Need Evaluation::accounts_needed() const {
    Need need;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const auto& domain = candidates_[i].addressee->domain;
        if (decision_.addressees[i].outcome == Outcome::create_contact && has_account(domain) &&
            !facts_.accounts.contains(domain))
            need.accounts.insert(domain);
    }
    return need;
}

bool Evaluation::must_match_is_met() {
    const auto people =
        std::ranges::count_if(decision_.addressees, [](const AddresseeOutcome& one) {
            return one.outcome == Outcome::contact || one.outcome == Outcome::lead ||
                   one.outcome == Outcome::create_contact || one.outcome == Outcome::create_lead;
        });
    const auto seen = fmt::format("{} matched or created", people);
    const bool required = policy_.smart_convert.match.must_match;
    const bool met = people > 0 || !required;
    const auto verdict = people > 0 ? "met" : required ? "not met, skipped" : "not required";
    decision_.trace.push_back({"must-match", required ? "true" : "false", seen, verdict});
    if (met) return true;
    decision_.verdict = Verdict::skip;
    decision_.reason = why_nobody() + "; must-match is on";
    decision_.disposition = disposition_of_no_match(policy_, mail_, decision_.trace);
    return false;
}

/// Why no contact or lead was matched or created, in the words of the user whose mail comes back.
std::string Evaluation::why_nobody() const {
    const auto& people = decision_.addressees;
    if (people.empty()) return "it names no sender and no recipient, so it may be no mail";
    const auto blocked = std::ranges::find(people, Outcome::blocked, &AddresseeOutcome::outcome);
    if (blocked != people.end()) {
        return fmt::format("{}: {}", blocked->address, blocked->why);
    }
    const bool all_users = std::ranges::all_of(people, [](const AddresseeOutcome& one) {
        return one.outcome == Outcome::user || one.outcome == Outcome::duplicate;
    });
    if (all_users) return "all its addressees are users of the CRM";
    return "no contact or lead was matched or created";
}

void Evaluation::archive() {
    const auto& options = policy_.smart_convert;
    decision_.verdict = Verdict::archive;
    create_people();
    create_record();
    decision_.attachments =
        choose_attachments(mail_.attachments, options.attachments, decision_.trace);
    decision_.body_suffix = attachment_summary(mail_.attachments, options.attachments);
    decision_.disposition = disposition_of_success(policy_, mail_, decision_.trace);
    decision_.reason = reason();
}

/// Several new contacts of one domain share the account, also one that is new with them.
std::optional<Reference> Evaluation::account_of_new(const std::string& domain) {
    const auto [known, is_new] = account_of_new_.try_emplace(domain);
    if (!is_new) return known->second;
    if (!has_account(domain)) {
        decision_.trace.push_back({"account", domain, "no registered domain", "none"});
        return std::nullopt;
    }
    auto match = match_account(
        domain, facts_.accounts.at(domain), policy_.smart_convert.creation, decision_.trace
    );
    if (match.create) decision_.create.push_back(std::move(*match.create));
    known->second = match.account;
    return known->second;
}

void Evaluation::create_people() {
    std::vector<Create> people;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const auto& addressee = *candidates_[i].addressee;
        const auto& outcome = decision_.addressees[i];
        if (outcome.outcome == Outcome::duplicate || !outcome.record) continue;
        link(*outcome.record);
        std::optional<Reference> account;
        if (outcome.record->created) {
            auto create = new_person(outcome.record->kind, addressee);
            if (outcome.outcome == Outcome::create_contact)
                account = create.account = account_of_new(addressee.domain);
            people.push_back(std::move(create));
        } else if (const auto found = account_of_matched_.find(outcome.record->id);
                   outcome.outcome == Outcome::contact && found != account_of_matched_.end()) {
            account = Reference{RecordKind::account, found->second, false};
        }
        if (outcome.record->kind == RecordKind::contact)
            parties_.push_back({addressee.position, *outcome.record, account});
    }
    std::ranges::move(people, std::back_inserter(decision_.create));
}

void Evaluation::create_record() {
    const auto& role = mail_.role;
    if (role.door == Role::Door::assign_to) {
        decision_.trace.push_back({"record", to_text(role), role.record, "linked"});
        link({role.kind, role.record, false});
        return;
    }
    if (role.kind == RecordKind::email) return;
    const auto* primary = primary_party(parties_, mail_.direction);
    auto record = new_record(mail_, primary);
    decision_.trace.push_back(
        {"record",
         record.key,
         primary == nullptr ? "no contact" : "contact " + primary->contact.id,
         fmt::format("the {} is created", to_text(role.kind))}
    );
    link({role.kind, record.key, true});
    decision_.create.push_back(std::move(record));
}

void Evaluation::link(const Reference& reference) {
    if (std::ranges::find(decision_.links, reference) == decision_.links.end())
        decision_.links.push_back(reference);
}

/// "linked to 2 contacts and 1 user, 1 of them new; a new opportunity"
std::string Evaluation::reason() const {
    const auto is_person = [](const Reference& link) { return link.kind <= RecordKind::lead; };
    const auto people = std::ranges::count_if(decision_.links, is_person);
    const auto fresh = std::ranges::count_if(decision_.links, [&](const Reference& link) {
        return is_person(link) && link.created;
    });
    std::string text = people == 0   ? "linked to nobody"
                       : people == 1 ? "linked to one person"
                                     : fmt::format("linked to {} people", people);
    if (fresh > 0) text += people == 1 ? ", who is new" : fmt::format(", {} of them new", fresh);
    const auto& role = mail_.role;
    if (role.door == Role::Door::assign_to)
        text += fmt::format("; and to {} {}", to_text(role.kind), role.record);
    else if (role.kind != RecordKind::email)
        text += fmt::format("; one new {}", to_text(role.kind));
    return text;
}

}  // namespace

std::variant<Need, Decision> evaluate(const Policy& policy, const Mail& mail, const Facts& facts) {
    return Evaluation(policy, mail, facts).run();
}

}  // namespace rules
