#include "crm/overlay/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "crm/address.hpp"
#include "mime/domain.hpp"

namespace crm::overlay {
namespace {

using rules::RecordKind;

constexpr std::string_view own_ids = "new:";

/// Which of the e-mail fields of the record holds the address; the first one is 0.
std::optional<int> field_order(const NewRecord& record, const std::string& comparable) {
    int order = 0;
    for (const auto& [name, value] : record.fields) {
        if (!is_address_field(name) || value.empty()) continue;
        if (mime::comparable_address(value) == comparable) return order;
        ++order;
    }
    return std::nullopt;
}

bool has_domain(const NewRecord& record, const std::string& comparable) {
    const auto domain = record.fields.find("domain");
    return domain != record.fields.end() && comparable_domain(domain->second) == comparable;
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
             .modified = created.created}
        );
    } else if (record.kind == RecordKind::user) {
        person.users.push_back({.id = created.id, .name = record.name});
    }
}

}  // namespace

boost::asio::awaitable<Result<rules::Facts>> Overlay::answer(rules::Need need) {
    auto facts = co_await base_.answer(need);
    if (facts) add_created(need, *facts);
    co_return facts;
}

boost::asio::awaitable<Result<Stored>> Overlay::create(NewRecord record) {
    rules::Need need;
    if (!record.owner.empty()) need.people.insert(record.owner);
    const auto known = co_await answer(need);
    if (!known) co_return known.error();
    std::string owner_id;
    if (const auto owner = known->people.find(record.owner); owner != known->people.end()) {
        const auto& users = owner->second.users;
        if (!users.empty()) owner_id = users.front().id;
    }
    co_return create_now(std::move(record), std::move(owner_id));
}

boost::asio::awaitable<Result<Stored>> Overlay::store(NewMail mail) {
    co_return store_now(std::move(mail));
}

std::vector<CreatedRecord> Overlay::created() const {
    const std::lock_guard lock(mutex_);
    return created_;
}

std::vector<StoredMail> Overlay::stored() const {
    const std::lock_guard lock(mutex_);
    return stored_;
}

void Overlay::add_created(const rules::Need& need, rules::Facts& facts) const {
    const std::lock_guard lock(mutex_);
    for (const auto& created : created_) {
        for (const auto& address : need.people) {
            if (const auto order = field_order(created.record, mime::comparable_address(address))) {
                add_person(facts.people[address], created, *order);
            }
        }
        if (created.record.kind != RecordKind::account) continue;
        for (const auto& domain : need.accounts) {
            if (has_domain(created.record, comparable_domain(domain))) {
                facts.accounts[domain].push_back({created.id, created.record.name});
            }
        }
    }
}

Result<Stored> Overlay::create_now(NewRecord record, std::string owner_id) {
    const std::lock_guard lock(mutex_);
    if (const auto known = ids_.find(record.key); known != ids_.end()) {
        return Stored{known->second, true};
    }
    if (record.account) {
        if (auto error = missing(RecordKind::account, *record.account)) return *error;
    }
    if (record.contact) {
        if (auto error = missing(RecordKind::contact, *record.contact)) return *error;
    }
    const auto id = next_id();
    ids_[record.key] = id;
    created_.push_back({id, std::move(record), std::move(owner_id), now_()});
    return Stored{id, false};
}

Result<Stored> Overlay::store_now(NewMail mail) {
    const std::lock_guard lock(mutex_);
    for (const auto& link : mail.links) {
        if (auto error = missing(link.kind, link.id)) return *error;
    }
    const auto known = ids_.find(mail.key);
    if (known == ids_.end()) {
        std::ranges::sort(mail.links);
        const auto [first, last] = std::ranges::unique(mail.links);
        mail.links.erase(first, last);
        const auto id = next_id();
        ids_[mail.key] = id;
        stored_.push_back({id, std::move(mail)});
        return Stored{id, false};
    }
    for (auto& stored : stored_) {
        if (stored.id != known->second) continue;
        auto& links = stored.mail.links;
        for (const auto& link : mail.links) {
            if (std::ranges::find(links, link) == links.end()) links.push_back(link);
        }
    }
    return Stored{known->second, true};
}

std::optional<Error> Overlay::missing(RecordKind kind, const std::string& id) const {
    if (!id.starts_with(own_ids)) return std::nullopt;
    const auto same = [&](const auto& created) {
        return created.id == id && created.record.kind == kind;
    };
    if (std::ranges::any_of(created_, same)) return std::nullopt;
    return Error{
        errc::not_found,
        fmt::format("{} \"{:.40}\" was never created in this dry run", rules::to_text(kind), id),
        std::nullopt};
}

std::string Overlay::next_id() {
    return fmt::format("{}{}", own_ids, ids_.size() + 1);
}

}  // namespace crm::overlay
