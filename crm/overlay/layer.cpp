#include "crm/overlay/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "crm/address.hpp"
#include "crm/limits.hpp"
#include "mime/domain.hpp"

namespace crm::overlay {
namespace {

using rules::RecordKind;

constexpr std::string_view own_ids = "new:";

bool is_person(RecordKind kind) {
    return kind == RecordKind::user || kind == RecordKind::contact || kind == RecordKind::lead;
}

void add_person(rules::Person& person, const CreatedRecord& created, int order) {
    const auto& record = created.record;
    if (record.kind == RecordKind::contact) {
        person.contacts.push_back(
            {.id = created.id,
             .name = record.name,
             .account = record.account,
             .owner = created.owner_id,
             .modified = created.created,
             .field_order = order}
        );
    } else if (record.kind == RecordKind::lead) {
        person.leads.push_back(
            {.id = created.id,
             .name = record.name,
             .converted_to = record.contact,
             .owner = created.owner_id,
             .modified = created.created,
             .field_order = order}
        );
    } else if (record.kind == RecordKind::user) {
        person.users.push_back({.id = created.id, .name = record.name});
    }
}

}  // namespace

FoundBy found_by(const NewRecord& record) {
    FoundBy found_by;
    for (const auto& [name, value] : record.fields) {
        if (is_person(record.kind) && is_address_field(name) && !value.empty()) {
            found_by.addresses.push_back(mime::comparable_address(value));
        }
        if (record.kind == RecordKind::account && name == "domain") {
            found_by.domain = comparable_domain(value);
        }
    }
    return found_by;
}

void Layer::add_to(rules::Facts& facts, const rules::Need& need) const {
    for (const auto& address : need.people) {
        const auto found = people_.find(mime::comparable_address(address));
        if (found == people_.end()) continue;
        for (const auto& place : found->second) {
            add_person(facts.people[address], created_[place.record], place.field_order);
        }
    }
    for (const auto& domain : need.accounts) {
        const auto found = accounts_.find(comparable_domain(domain));
        if (found == accounts_.end()) continue;
        for (const auto place : found->second) {
            facts.accounts[domain].push_back({created_[place].id, created_[place].record.name});
        }
    }
}

Known Layer::known(const std::set<std::string>& keys) const {
    Known known;
    for (const auto& key : keys) {
        if (const auto taken = ids_.find(key); taken != ids_.end()) known.insert(*taken);
    }
    return known;
}

std::optional<Stored> Layer::same(const NewRecord& record) const {
    const auto taken = ids_.find(record.key);
    if (taken == ids_.end()) return std::nullopt;
    const auto wanted = found_by(record);
    const auto* created = find(taken->second);
    const auto present = created == nullptr ? wanted : found_by(created->record);
    const auto has_address = [&](const std::string& address) {
        return std::ranges::find(present.addresses, address) != present.addresses.end();
    };
    if (!std::ranges::all_of(wanted.addresses, has_address)) return std::nullopt;
    if (!wanted.domain.empty() && wanted.domain != present.domain) return std::nullopt;
    return Stored{taken->second, true};
}

Result<Stored> Layer::create(NewRecord record, std::string owner_id, std::chrono::sys_seconds now) {
    if (record.account) {
        if (auto error = missing(RecordKind::account, *record.account)) return *error;
    }
    if (record.contact) {
        if (auto error = missing(RecordKind::contact, *record.contact)) return *error;
    }
    const auto id = next_id();
    ids_[record.key] = id;
    keep({id, std::move(record), std::move(owner_id), now});
    return Stored{id, false};
}

Result<Stored> Layer::store(const NewMail& mail, const std::optional<std::string>& held) {
    for (const auto& link : mail.links) {
        if (auto error = missing(link.kind, link.id)) return *error;
    }
    const bool is_new = !mails_.contains(mail.key);
    if (is_new) {
        const auto id = held ? *held : next_id();
        if (!held) ids_[mail.key] = id;
        mails_[mail.key] = stored_.size();
        stored_.push_back({id, mail.key, {}});
    }
    auto& stored = stored_[mails_.at(mail.key)];
    stored.links.insert(mail.links.begin(), mail.links.end());
    return Stored{stored.id, !is_new || held.has_value()};
}

Undone Layer::undo(const std::string& key) {
    const auto taken = ids_.find(key);
    if (taken == ids_.end()) return Undone::nothing;
    const auto found = std::ranges::lower_bound(created_, taken->second, {}, &CreatedRecord::id);
    const bool is_record = found != created_.end() && found->id == taken->second;
    if (!is_record || is_needed(taken->second)) return Undone::kept;
    created_.erase(found);
    ids_.erase(taken);
    people_.clear();
    accounts_.clear();
    for (std::size_t place = 0; place < created_.size(); ++place) list(place);
    return Undone::removed;
}

const CreatedRecord* Layer::find(const std::string& id) const {
    const auto found = std::ranges::lower_bound(created_, id, {}, &CreatedRecord::id);
    return found == created_.end() || found->id != id ? nullptr : &*found;
}

std::optional<Error> Layer::missing(RecordKind kind, const std::string& id) const {
    if (!id.starts_with(own_ids)) return std::nullopt;
    const auto* created = find(id);
    if (created != nullptr && created->record.kind == kind) return std::nullopt;
    return Error{
        errc::not_found,
        fmt::format("{} \"{:.40}\" was never created in this dry run", rules::to_text(kind), id),
        std::nullopt};
}

bool Layer::is_needed(const std::string& id) const {
    const auto links_to = [&id](const StoredMail& mail) {
        return std::ranges::any_of(mail.links, [&](const Link& link) { return link.id == id; });
    };
    const auto refers_to = [&id](const CreatedRecord& other) {
        return other.record.account == id || other.record.contact == id;
    };
    return std::ranges::any_of(stored_, links_to) || std::ranges::any_of(created_, refers_to);
}

void Layer::keep(CreatedRecord created) {
    std::erase_if(created.record.fields, [](const auto& field) {
        return !is_address_field(field.first) && field.first != "domain";
    });
    created_.push_back(std::move(created));
    list(created_.size() - 1);
}

/// By its addresses and its domain.
void Layer::list(std::size_t place) {
    const auto by = found_by(created_[place].record);
    for (std::size_t order = 0; order < by.addresses.size(); ++order) {
        auto& places = people_[by.addresses[order]];
        const bool is_second_field = !places.empty() && places.back().record == place;
        if (!is_second_field) places.push_back({place, static_cast<int>(order)});
    }
    if (!by.domain.empty()) accounts_[by.domain].push_back(place);
}

std::string Layer::next_id() {
    return fmt::format("{}{:08}", own_ids, ++ids_given_);
}

}  // namespace crm::overlay
