#include "crm/overlay/overlay.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "crm/excess.hpp"

namespace crm::overlay {
namespace {

/// What the CRM has to be asked before a record is created: who its owner is, and who has its
/// addresses and its domain.
rules::Need need_of(const NewRecord& record) {
    rules::Need need;
    if (!record.owner.empty()) need.people.insert(record.owner);
    const auto by = found_by(record);
    need.people.insert(by.addresses.begin(), by.addresses.end());
    if (!by.domain.empty()) need.accounts.insert(by.domain);
    return need;
}

std::string owner_of(const NewRecord& record, const rules::Facts& facts) {
    const auto owner = facts.people.find(record.owner);
    if (owner == facts.people.end() || owner->second.users.empty()) return "";
    return owner->second.users.front().id;
}

/// Somebody may have given the record of a key another address or domain since: then the key
/// belongs to the record that is created (contract.md).
bool is_still(const std::string& id, const NewRecord& wanted, const rules::Facts& facts) {
    const auto is_it = [&](const auto& record) { return record.id == id; };
    const auto has_address = [&](const std::string& address) {
        const auto& person = facts.people.at(address);
        return std::ranges::any_of(person.users, is_it) ||
               std::ranges::any_of(person.contacts, is_it) ||
               std::ranges::any_of(person.leads, is_it);
    };
    const auto by = found_by(wanted);
    return std::ranges::all_of(by.addresses, has_address) &&
           (by.domain.empty() || std::ranges::any_of(facts.accounts.at(by.domain), is_it));
}

}  // namespace

boost::asio::awaitable<Result<rules::Facts>> Overlay::answer(rules::Need need) {
    auto facts = co_await base_.answer(need);
    if (!facts) co_return facts;
    const std::lock_guard lock(mutex_);
    layer_.add_to(*facts, need);
    co_return facts;
}

boost::asio::awaitable<Result<Known>> Overlay::known(std::set<std::string> keys) {
    auto held = co_await base_.known(keys);
    if (!held) co_return held;
    const std::lock_guard lock(mutex_);
    auto known = layer_.known(keys);
    known.merge(*held);
    co_return known;
}

boost::asio::awaitable<Result<Stored>> Overlay::create(NewRecord record) {
    if (auto error = excess(record)) co_return *error;
    if (const auto stored = same(record)) co_return *stored;
    std::set<std::string> keys;
    keys.insert(record.key);
    const auto held = co_await base_.known(std::move(keys));
    if (!held) co_return held.error();
    auto need = need_of(record);
    const auto facts = co_await answer(std::move(need));
    if (!facts) co_return facts.error();
    const auto taken = held->find(record.key);
    if (taken != held->end() && is_still(taken->second, record, *facts)) {
        co_return Stored{taken->second, true};
    }
    auto owner = owner_of(record, *facts);
    co_return create_now(std::move(record), std::move(owner));
}

boost::asio::awaitable<Result<Stored>> Overlay::store(NewMail mail) {
    if (auto error = excess(mail)) co_return *error;
    std::set<std::string> keys;
    keys.insert(mail.key);
    const auto known = co_await base_.known(std::move(keys));
    if (!known) co_return known.error();
    std::optional<std::string> held;
    if (const auto taken = known->find(mail.key); taken != known->end()) held = taken->second;
    const std::lock_guard lock(mutex_);
    co_return layer_.store(mail, held);
}

boost::asio::awaitable<Result<Undone>> Overlay::undo(std::string key) {
    std::set<std::string> keys;
    keys.insert(key);
    const auto held = co_await base_.known(std::move(keys));
    if (!held) co_return held.error();
    const std::lock_guard lock(mutex_);
    const auto undone = layer_.undo(key);
    if (undone == Undone::nothing && !held->empty()) co_return Undone::kept;
    co_return undone;
}

std::vector<CreatedRecord> Overlay::created() const {
    const std::lock_guard lock(mutex_);
    return layer_.created();
}

std::vector<StoredMail> Overlay::stored() const {
    const std::lock_guard lock(mutex_);
    return layer_.stored();
}

std::optional<Stored> Overlay::same(const NewRecord& record) const {
    const std::lock_guard lock(mutex_);
    return layer_.same(record);
}

/// The record may have come into being while the base was asked.
Result<Stored> Overlay::create_now(NewRecord record, std::string owner_id) {
    const std::lock_guard lock(mutex_);
    if (const auto stored = layer_.same(record)) return *stored;
    return layer_.create(std::move(record), std::move(owner_id), now_());
}

}  // namespace crm::overlay
