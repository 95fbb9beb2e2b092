#include "rules/create/record.hpp"

#include <algorithm>
#include <utility>

#include "rules/create/one_line.hpp"
#include "rules/create/person_name.hpp"

namespace rules {
namespace {

std::string record_name(const Mail& mail) {
    auto subject = one_line(mail.subject);
    if (!subject.empty()) return subject;
    const auto from = std::ranges::find(mail.addressees, Position::from, &Addressee::position);
    if (from == mail.addressees.end()) return "Mail without subject";
    return one_line("Mail from " + (from->name.empty() ? from->address : from->name));
}

}  // namespace

Create new_person(RecordKind kind, const Addressee& addressee) {
    const auto name = person_name(addressee.name, addressee.address);
    Create create;
    create.kind = kind;
    create.key = std::string(to_text(kind)) + ":" + addressee.key;
    create.name = one_line(full_name(name));
    create.fields = {
        {"first_name", name.first}, {"last_name", name.last}, {"email", addressee.address}};
    return create;
}

const Party* primary_party(const std::vector<Party>& parties, Direction direction) {
    const auto position = direction == Direction::sent ? Position::to : Position::from;
    const auto wanted = std::ranges::find(parties, position, &Party::position);
    if (wanted != parties.end()) return &*wanted;
    return parties.empty() ? nullptr : &parties.front();
}

std::string mail_key(const Mail& mail) {
    return "email:" + mail.fingerprint;
}

std::string record_key(const Mail& mail, bool per_mailbox) {
    auto key = std::string(to_text(mail.role.kind)) + ":" + mail.fingerprint;
    if (per_mailbox && !mail.owner.addresses.empty()) key += "@" + mail.owner.addresses.front();
    return key;
}

Create new_record(const Mail& mail, std::string key, const Party* primary) {
    Create create;
    create.kind = mail.role.kind;
    create.key = std::move(key);
    create.name = record_name(mail);
    create.fields = {{"description", mail.text}};
    if (primary != nullptr) {
        create.contact = primary->contact;
        create.account = primary->account;
    }
    return create;
}

void fill_in(Create& record, const std::map<std::string, std::string>& defaults, Trace& trace) {
    for (const auto& [field, value] : defaults)
        if (record.fields.emplace(field, value).second)
            trace.push_back({"default", field, value, "filled in, as the policy says"});
}

}  // namespace rules
