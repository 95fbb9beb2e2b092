#include "ews/simulator/change_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

constexpr std::string_view mark = "sync1";

/// A client walks through the changes [base, until) in pages; `offset` of them it has. New changes
/// wait until the walk is over, so a page never moves under the client's feet.
struct Position {
    std::size_t base = 0;
    std::size_t until = 0;
    std::size_t offset = 0;
};

std::string write_state(std::string_view scope, const Position& position) {
    return encode_base64(
        fmt::format("{}|{}|{}|{}|{}", mark, scope, position.base, position.until, position.offset)
    );
}

/// The part of `text` up to the next bar, which it takes away.
std::string_view take_part(std::string_view& text) {
    const auto bar = text.find('|');
    const auto part = text.substr(0, bar);
    text.remove_prefix(bar == std::string_view::npos ? text.size() : bar + 1);
    return part;
}

std::optional<Position> read_state(std::string_view scope, std::string_view state) {
    const auto bytes = decode_base64(state);
    if (!bytes) return std::nullopt;
    std::string_view rest = *bytes;
    if (take_part(rest) != mark || take_part(rest) != scope) return std::nullopt;
    const auto base = parse_number(take_part(rest));
    const auto until = parse_number(take_part(rest));
    const auto offset = parse_number(take_part(rest));
    if (!base || !until || !offset || *base < 0 || *until < *base || *offset < 0)
        return std::nullopt;
    return Position{
        static_cast<std::size_t>(*base),
        static_cast<std::size_t>(*until),
        static_cast<std::size_t>(*offset)};
}

struct Summary {
    std::size_t last = 0;
    bool created = false, deleted = false, updated = false;
};

std::optional<ChangeKind> kind_of(const Summary& summary) {
    if (summary.created && summary.deleted) return std::nullopt;
    if (summary.created) return ChangeKind::created;
    if (summary.deleted) return ChangeKind::deleted;
    return summary.updated ? ChangeKind::updated : ChangeKind::read_flag;
}

std::vector<Change> summarise(
    const std::vector<Change>& changes, std::size_t from, std::size_t to
) {
    std::unordered_map<std::uint64_t, Summary> summaries;
    for (auto at = from; at < to; ++at) {
        auto& summary = summaries[changes[at].serial];
        summary.last = at;
        summary.created |= changes[at].kind == ChangeKind::created;
        summary.deleted |= changes[at].kind == ChangeKind::deleted;
        summary.updated |= changes[at].kind == ChangeKind::updated;
    }
    std::vector<Change> result;
    for (auto at = to; at-- > from;) {
        const auto& summary = summaries[changes[at].serial];
        if (summary.last != at) continue;
        if (const auto kind = kind_of(summary)) result.push_back({*kind, changes[at].serial});
    }
    return result;
}

}  // namespace

Outcome<SyncPage> ChangeLog::page(std::string_view scope, std::string_view state, std::size_t max)
    const {
    Position position;
    if (!state.empty()) {
        const auto read = read_state(scope, state);
        if (!read || read->until > changes_.size())
            return Refusal{"ErrorInvalidSyncStateData", "Synchronization state data is corrupt."};
        position = *read;
    }
    if (position.offset == 0) position.until = changes_.size();
    auto changes = summarise(changes_, position.base, position.until);
    const auto begin = std::min(position.offset, changes.size());
    const auto end = std::min(begin + max, changes.size());
    SyncPage page;
    page.last = end == changes.size();
    page.changes.assign(
        changes.begin() + static_cast<std::ptrdiff_t>(begin),
        changes.begin() + static_cast<std::ptrdiff_t>(end)
    );
    const auto next = page.last ? Position{position.until, position.until, 0}
                                : Position{position.base, position.until, end};
    page.state = write_state(scope, next);
    return page;
}

}  // namespace ews::simulator
