#include "http/budget.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace http {

namespace {

using std::chrono::milliseconds;

/// Of a server as a whole: where only one may go, a request that is never answered stops all others
/// until its deadline.
constexpr std::size_t least_at_a_server = 2;

constexpr std::size_t index(Kind kind) {
    return static_cast<std::size_t>(kind);
}

/// Of `most` at full speed, as many as the present concurrency leaves.
std::size_t allowed(std::size_t kind, std::size_t concurrency, std::size_t syncs) {
    if (kind == index(Kind::ordinary)) return concurrency;
    if (kind == index(Kind::sync)) return std::min(syncs, concurrency);
    return std::numeric_limits<std::size_t>::max();
}

milliseconds left(Budget::Moment until, Budget::Moment now) {
    return std::chrono::ceil<milliseconds>(std::max(until - now, Budget::Moment::duration(0)));
}

}  // namespace

Budget::Budget(BudgetLimits limits) : limits_(limits) {
    server_ = fresh(limits_.per_server);
}

Budget::Level Budget::fresh(std::size_t concurrency) const {
    Level level;
    level.concurrency = concurrency;
    level.own_wait = limits_.first_wait;
    level.outage_wait = limits_.first_outage;
    return level;
}

Budget::Key& Budget::key_of(const std::string& name) {
    const auto [place, is_new] = keys_.try_emplace(name);
    Key& key = place->second;
    if (is_new) {
        key.name = name;
        key.level = fresh(limits_.per_key);
    }
    return key;
}

Budget::Id Budget::ask(const std::string& name, Kind kind) {
    Key& key = key_of(name);
    auto& queue = key.waiting[index(kind)];
    if (queue.empty()) turns_[index(kind)].push_back(&key);
    queue.push_back(++last_);
    requests_.emplace(last_, Request{&key, index(kind)});
    return last_;
}

bool Budget::has_room(std::size_t kind) const {
    return running_[kind] < allowed(kind, server_.concurrency, limits_.syncs_per_server);
}

bool Budget::has_room(const Key& key, std::size_t kind, Moment now) const {
    const std::size_t most = allowed(kind, key.level.concurrency, limits_.syncs_per_key);
    return now >= key.level.closed_until && key.running[kind] < most;
}

Budget::Id Budget::start_next(Key& key, std::size_t kind) {
    const Id id = key.waiting[kind].front();
    key.waiting[kind].pop_front();
    ++key.running[kind];
    ++running_[kind];
    Request& request = requests_.at(id);
    request.is_running = true;
    request.server_closings = server_.closings;
    request.key_closings = key.level.closings;
    return id;
}

std::vector<Budget::Id> Budget::admit(Moment now) {
    std::vector<Id> admitted;
    if (now < server_.closed_until) return admitted;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        auto& turns = turns_[kind];
        // Who was served stands behind all others then, and is met again by the same walk.
        for (std::size_t place = 0; place < turns.size() && has_room(kind);) {
            Key& key = *turns[place];
            if (!has_room(key, kind, now)) {
                ++place;
                continue;
            }
            admitted.push_back(start_next(key, kind));
            turns.erase(turns.begin() + static_cast<std::ptrdiff_t>(place));
            if (!key.waiting[kind].empty()) turns.push_back(&key);
        }
    }
    return admitted;
}

void Budget::leave(Id id) {
    const auto found = requests_.find(id);
    if (found == requests_.end()) return;
    const Request request = found->second;
    requests_.erase(found);
    Key& key = *request.key;
    if (request.is_running) {
        --key.running[request.kind];
        --running_[request.kind];
        return;
    }
    auto& queue = key.waiting[request.kind];
    std::erase(queue, id);
    if (queue.empty()) std::erase(turns_[request.kind], &key);
}

void Budget::recover(Level& level, std::uint64_t seen, std::size_t most) const {
    // What was sent before the server was busy says nothing about the time after.
    if (seen != level.closings) return;
    level.own_wait = limits_.first_wait;
    level.outage_wait = limits_.first_outage;
    if (level.concurrency >= most || ++level.successes < limits_.recovery) return;
    ++level.concurrency;
    level.successes = 0;
}

void Budget::note_success(Id id) {
    const auto found = requests_.find(id);
    if (found == requests_.end() || !found->second.is_running) return;
    const Request& request = found->second;
    busy_in_a_row_.clear();
    recover(server_, request.server_closings, limits_.per_server);
    recover(request.key->level, request.key_closings, limits_.per_key);
}

void Budget::close(
    Level& level, std::uint64_t seen, Scope scope, std::optional<milliseconds> back_off, Moment now
) const {
    const bool is_outage = scope == Scope::front_end;
    // Of an outage, whose waits are short, late answers to what was sent before come after them.
    const bool is_of_the_burst = seen != level.closings && (is_outage || now < level.closed_until);
    if (is_of_the_burst && !back_off) return;
    const bool goes_on = is_outage && level.outage_wait > limits_.first_outage;
    milliseconds& own = is_outage ? level.outage_wait : level.own_wait;
    level.closed_until = std::max(level.closed_until, now + back_off.value_or(own));
    if (is_of_the_burst) return;
    ++level.closings;
    level.successes = 0;
    if (!goes_on) {  // one outage, however often we ask, says nothing new about how much we ask
        const std::size_t least =
            &level == &server_ ? std::min(least_at_a_server, limits_.per_server) : 1;
        level.concurrency = std::max(least, level.concurrency / 2);
    }
    if (!back_off)
        own = std::min(own * 2, is_outage ? limits_.longest_outage : limits_.longest_wait);
}

void Budget::note_busy(Id id, Scope scope, std::optional<milliseconds> back_off, Moment now) {
    const auto found = requests_.find(id);
    if (found == requests_.end() || !found->second.is_running) return;
    const Request& request = found->second;
    if (scope == Scope::key) {
        close(request.key->level, request.key_closings, scope, back_off, now);
        busy_in_a_row_.insert(request.key);
        if (busy_in_a_row_.size() < limits_.busy_in_a_row) return;
    }
    busy_in_a_row_.clear();
    close(server_, request.server_closings, scope, back_off, now);
}

Budget::Moment Budget::closed_until(const std::string& name) const {
    const auto found = keys_.find(name);
    if (found == keys_.end()) return server_.closed_until;
    return std::max(server_.closed_until, found->second.level.closed_until);
}

BudgetFacts Budget::facts(Moment now) const {
    BudgetFacts facts;
    facts.closed_for = left(server_.closed_until, now);
    facts.concurrency = server_.concurrency;
    for (const std::size_t running : running_) facts.running += running;
    for (const auto& [name, key] : keys_) {
        std::size_t waiting = 0;
        for (const auto& queue : key.waiting) waiting += queue.size();
        facts.waiting += waiting;
        const milliseconds closed_for = left(key.level.closed_until, now);
        if (closed_for == milliseconds(0) && key.level.concurrency == limits_.per_key) continue;
        facts.throttled.push_back({name, closed_for, key.level.concurrency, waiting});
    }
    return facts;
}

}  // namespace http
