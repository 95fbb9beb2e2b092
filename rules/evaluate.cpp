// Longer than other files: the whole order of decisions, from top to bottom, is read in one place.
#include "rules/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "rules/attachments.hpp"
#include "rules/categories.hpp"
#include "rules/create/gate.hpp"
#include "rules/create/record.hpp"
#include "rules/disposition.hpp"
#include "rules/loop_brake.hpp"
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
        : policy_(policy),
          match_(match_of(policy, mail.role)),
          capture_(capture_of(policy, mail.role)),
          mail_(mail),
          mail_key_(mail_key(mail)),
          facts_(facts) {
        const bool creates = mail.role.door == Role::Door::create_new && mail.role.kind != RecordKind::email;
        if (creates) record_key_ = record_key(mail, policy.smart_convert.record_per_mailbox);
    }

    std::variant<Need, Decision> run() {
        if (is_refused() || is_left_alone() || is_braked()) return std::move(decision_);
        candidates_ = candidates(mail_, match_, decision_.trace);
        if (auto need = people_needed(); !need.empty()) return need;
        match_people();
        if (is_ambiguous_) return std::move(decision_);
        if (auto need = accounts_needed(); !need.empty()) return need;
        if (!must_match_is_met()) return std::move(decision_);
        archive();
        return std::move(decision_);
    }

private:
    struct Refusal {
        std::string stage, subject, seen, reason;
    };
    std::optional<Refusal> refusal() const;
    bool is_refused();
    std::optional<Refusal> no_request() const;
    bool is_left_alone();
    bool is_braked();
    Need people_needed() const;
    void add_what_archiving_needs(Need& need) const;
    std::optional<std::string> known(const std::string& key) const;
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
    const MatchOptions& match_;         ///< of the folder that the mail came through
    const AutomaticCapture* capture_;   ///< nullptr for drop folders
    const Mail& mail_;
    std::string mail_key_, record_key_;  ///< of idempotency; the second is "" where none is created
    const Facts& facts_;
    Decision decision_;
    bool is_ambiguous_ = false;
    std::vector<Candidate> candidates_;
    std::map<std::string, std::string> account_of_matched_;           ///< contact id -> account id
    std::map<std::string, std::optional<Reference>> account_of_new_;  ///< by domain
    std::vector<Party> parties_;
};

std::optional<Evaluation::Refusal> Evaluation::refusal() const {
    if (!policy_.enabled) return Refusal{"policy", "enabled", "false", "the policy is disabled"};
    const auto& role = mail_.role;
    if (capture_ != nullptr) {
        if (capture_->enabled) return std::nullopt;
        const auto reason = fmt::format("<{}> is not enabled in this policy", to_text(role));
        return Refusal{"policy", to_text(role), "disabled", reason};
    }
    if (!policy_.smart_convert.enabled)
        return Refusal{
            "policy", "smart-convert", "disabled", "SmartConvert is disabled in this policy"};
    if (role.door == Role::Door::create_new && role.kind == RecordKind::email) return std::nullopt;
    if (!policy_.modules.contains(role.kind)) {
        const auto module = std::string(to_text(role.kind));
        return Refusal{
            "policy", "modules", "not " + module, "the module " + module + " is not enabled"};
    }
    return std::nullopt;
}

/// In a drop folder the mail waits for a policy that wants it; elsewhere nobody has asked.
bool Evaluation::is_refused() {
    const auto refused = refusal();
    if (!refused) {
        decision_.trace.push_back({"policy", policy_.name, to_text(mail_.role), "applies"});
        return false;
    }
    decision_.verdict = capture_ == nullptr ? Verdict::hold : Verdict::skip;
    decision_.reason = refused->reason;
    decision_.disposition.move = Disposition::Move::stay;
    decision_.trace.push_back({refused->stage, refused->subject, refused->seen, "nothing is done"});
    return true;
}

/// What a program wrote about another mail or about a meeting; "" for a mail of its own.
std::string_view machine_mail(const mime::Trait& trait) {
    if (trait.name == "bounce") return "a delivery notice";
    if (trait.name == "receipt") return "a receipt";
    if (trait.name == "notice") return "a notice of Mailferry itself";  // taken, it would loop
    return trait.name == "invite" ? "an invitation" : "";
}

/// Why a mail in Inbox or Sent Items is not to be taken.
std::optional<Evaluation::Refusal> Evaluation::no_request() const {
    if (capture_ == nullptr) return std::nullopt;
    const auto carried = carried_categories(policy_, mail_.categories);
    if (!carried.finished.empty())
        return Refusal{
            "category",
            carried.finished,
            "carried",
            fmt::format("it carries \"{}\", so it was processed before", carried.finished)};
    const auto& wanted = policy_.category.name;
    if (capture_->required_category && !carried.of_policy)
        return Refusal{
            "category", wanted, "absent", fmt::format("it lacks the category \"{}\"", wanted)};
    for (const auto& trait : mail_.traits)
        if (const auto what = machine_mail(trait); !what.empty())
            return Refusal{
                "kind",
                trait.name,
                trait.why,
                fmt::format("{} is archived only when a user drops it", what)};
    return std::nullopt;
}

bool Evaluation::is_left_alone() {
    if (capture_ == nullptr) return false;
    const auto unasked = no_request();
    if (!unasked) {
        const auto seen = capture_->required_category ? "carried" : "not required";
        decision_.trace.push_back({"category", policy_.category.name, seen, "taken"});
        return false;
    }
    decision_.verdict = Verdict::skip;
    decision_.reason = unasked->reason;
    decision_.disposition.move = Disposition::Move::stay;
    decision_.trace.push_back({unasked->stage, unasked->subject, unasked->seen, "left alone"});
    return true;
}

/// What passes leaves no trace: the counts are those of the moment.
bool Evaluation::is_braked() {
    if (capture_ == nullptr || !facts_.recent) return false;
    const auto brake = loop_brake(policy_.loop_brakes, mail_, *facts_.recent);
    if (!brake) return false;
    decision_.verdict = Verdict::hold;
    decision_.again = true;
    decision_.braked = true;
    decision_.reason = "loop brake: " + brake->seen;
    decision_.disposition.move = Disposition::Move::stay;
    decision_.trace.push_back({"loop-brake", brake->option, brake->seen, "waits"});
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
    add_what_archiving_needs(need);  // along, to save a round, though the mail may yet be skipped
    return need;
}

void Evaluation::add_what_archiving_needs(Need& need) const {
    need.attachment_rules =
        policy_.attachments.store && !mail_.attachments.empty() && !facts_.attachment_rules;
    for (const auto& key : {mail_key_, record_key_})
        if (!key.empty() && !facts_.keys.contains(key)) need.keys.insert(key);
}

/// CRM id of what stands under the key.
std::optional<std::string> Evaluation::known(const std::string& key) const {
    const auto found = facts_.keys.find(key);
    return found == facts_.keys.end() ? std::nullopt : found->second;
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
        const bool is_user = !known.users.empty() && match_.exclusive_users;
        if (is_user || known.contacts.size() != 1) continue;
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
            {addressee.address, addressee.position, Outcome::duplicate, std::move(record), {}, why}
        );
    }
}

AddresseeOutcome Evaluation::match_one(const Addressee& addressee, Preference& preference) {
    auto& trace = decision_.trace;
    auto match = match_person(addressee, person(addressee), match_, preference, trace);
    AddresseeOutcome outcome{
        addressee.address,
        addressee.position,
        match.outcome,
        match.record,
        std::move(match.others),
        match.why};
    if (match.ambiguous && is_ambiguous_) return outcome;
    if (match.ambiguous) {
        is_ambiguous_ = true;
        decision_.verdict = Verdict::fail;
        decision_.reason = fmt::format("{}: {}; merge them in the CRM", addressee.address, match.why);
        return outcome;
    }
    if (match.outcome == Outcome::contact && match.account) {
        account_of_matched_[match.record->id] = *match.account;
        preference.accounts.insert(*match.account);
    }
    if (match.outcome != Outcome::unmatched) return outcome;
    const auto gate = creation_gate(policy_, mail_, addressee, trace);
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
    const bool required = match_.must_match;
    const bool met = people > 0 || !required;
    const auto verdict = people > 0 ? "met" : required ? "not met" : "not required";
    decision_.trace.push_back({"must-match", required ? "true" : "false", seen, verdict});
    if (met) return true;
    decision_.again = capture_ == nullptr && policy_.smart_convert.retry_missing_matches;
    decision_.verdict = decision_.again ? Verdict::hold : Verdict::skip;
    decision_.reason = why_nobody() + "; must-match is on";
    decision_.disposition = disposition_of_no_match(policy_, mail_, decision_.trace);
    return false;
}

/// Why no contact or lead was matched or created, in the words of the user whose mail comes back.
std::string Evaluation::why_nobody() const {
    const auto& people = decision_.addressees;
    if (people.empty()) return "it names no sender and no recipient, so it may be no mail";
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto& own = mail_.owner.addresses;
        const bool is_owner = std::ranges::find(own, candidates_[i].addressee->key) != own.end();
        if (people[i].outcome == Outcome::blocked && !is_owner)
            return fmt::format("{}: {}", people[i].address, people[i].why);
    }
    const bool all_users = std::ranges::all_of(people, [](const AddresseeOutcome& one) {
        return one.outcome == Outcome::user || one.outcome == Outcome::duplicate;
    });
    const bool looked_at_all = candidates_.size() == mail_.addressees.size();
    if (all_users && !looked_at_all) return "all addressees that are looked at are users of the CRM";
    if (all_users) return "all its addressees are users of the CRM";
    return "no contact or lead was matched or created";
}

void Evaluation::archive() {
    const auto& options = policy_.attachments;
    const auto& files = mail_.attachments;
    decision_.verdict = Verdict::archive;
    if (const auto mail = known(mail_key_)) {
        decision_.known = true;
        decision_.trace.push_back(
            {"mail", "already in the CRM", "email " + *mail, "links that are missing are added"}
        );
    }
    create_people();
    create_record();
    const auto rules = facts_.attachment_rules.value_or(AttachmentRules{});
    decision_.attachments = choose_attachments(files, options, rules, decision_.trace);
    decision_.body_suffix = attachment_summary(files, decision_.attachments, options);
    if (!decision_.body_suffix.empty())
        decision_.trace.push_back({"attachment", "summary", "true", "listed below the text"});
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
        domain, facts_.accounts.at(domain), creation_of(policy_, mail_.role), decision_.trace
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
        for (const auto& other : outcome.others) link(other);
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
    if (record_key_.empty()) return;
    const std::string kind(to_text(role.kind));
    if (const auto record = known(record_key_)) {
        decision_.trace.push_back(
            {"record", kind + " " + *record, "made of this mail before", "linked, none is created"}
        );
        link({role.kind, *record, false});
        return;
    }
    const auto* primary = primary_party(parties_, mail_.direction);
    auto record = new_record(mail_, record_key_, primary);
    decision_.trace.push_back(
        {"record",
         record.name,
         primary == nullptr ? "no contact" : "contact " + primary->contact.id,
         fmt::format("the {} is created", kind)}
    );
    if (const auto found = policy_.defaults.find(role.kind); found != policy_.defaults.end())
        fill_in(record, found->second, decision_.trace);
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
    else if (const auto record = known(record_key_))
        text += fmt::format("; and to {} {}, made of it before", to_text(role.kind), *record);
    else if (!record_key_.empty())
        text += fmt::format("; one new {}", to_text(role.kind));
    if (decision_.known) text += "; the mail itself was in the CRM already";
    return text;
}

}  // namespace

std::variant<Need, Decision> evaluate(const Policy& policy, const Mail& mail, const Facts& facts) {
    return Evaluation(policy, mail, facts).run();
}

}  // namespace rules
