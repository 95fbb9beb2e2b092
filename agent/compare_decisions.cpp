// Longer than other files: all that an outcome consists of is read in one place.
#include "agent/compare_decisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace agent {

namespace {

using rules::Decision;
using rules::Disposition;
using rules::Outcome;
using rules::Verdict;
using Lines = std::vector<std::string>;

/// Something that both sides have or have not: what makes it the same, and what an admin calls it.
struct Thing {
    std::string identity, text;
};
using Things = std::vector<Thing>;

bool contains(const Things& things, const std::string& identity) {
    return std::ranges::find(things, identity, &Thing::identity) != things.end();
}

Thing thing(const Side& side, const rules::Reference& reference) {
    std::string key = reference.id;
    std::string name = reference.id;
    if (reference.created) {
        const auto create = std::ranges::find(side.decision.create, key, &rules::Create::key);
        if (create != side.decision.create.end()) name = create->name;
    } else if (const auto made = side.made.find(key); made != side.made.end()) {
        key = made->second.key;
        name = made->second.name;
    }
    const auto kind = rules::to_text(reference.kind);
    return {fmt::format("{} {}", kind, key), fmt::format("{} {}", kind, name)};
}

/// `text` with names for the ids of records that were made on the way.
std::string named(const Side& side, const std::string& text) {
    constexpr std::string_view ends = " ,;()";
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
        const std::string word = text.substr(at, end - at);
        const auto made = side.made.find(word);
        result += made == side.made.end() ? word : made->second.name;
        if (end < text.size()) result += text[end];
        at = end + 1;
    }
    return result;
}

/// "" for an archived mail: its reason only counts what the other lines name.
std::string reason(const Side& side) {
    return side.decision.verdict == Verdict::archive ? "" : named(side, side.decision.reason);
}

/// Who is known is that record, whichever way it was found; of the others the outcome says all.
Thing outcome(const Side& side, const rules::AddresseeOutcome& addressee) {
    const bool is_known = addressee.outcome == Outcome::user ||
                          addressee.outcome == Outcome::contact ||
                          addressee.outcome == Outcome::lead;
    if (is_known && addressee.record) return thing(side, *addressee.record);
    const std::string text(rules::to_text(addressee.outcome));
    return {text, text};
}

struct Seen {
    std::string where;
    Thing outcome;
};

/// Each address at its place in the header; the second time there it is another one.
std::vector<Seen> seen(const Side& side) {
    std::vector<Seen> all;
    for (const rules::AddresseeOutcome& one : side.decision.addressees) {
        std::string where = fmt::format("{} ({})", one.address, rules::to_text(one.position));
        while (std::ranges::find(all, where, &Seen::where) != all.end()) where += " again";
        all.push_back({std::move(where), outcome(side, one)});
    }
    return all;
}

Things creations(const Side& side) {
    Things all;
    for (const rules::Create& create : side.decision.create) {
        std::string text = fmt::format("{} {}", rules::to_text(create.kind), create.name);
        std::string identity = text;
        while (contains(all, identity)) identity += " again";
        all.push_back({std::move(identity), std::move(text)});
    }
    return all;
}

Things links(const Side& side) {
    Things all;
    for (const rules::Reference& link : side.decision.links) all.push_back(thing(side, link));
    return all;
}

/// What is linked anew is told as a creation.
Things links_to_known(const Side& side) {
    Things all;
    for (const rules::Reference& link : side.decision.links) {
        if (!link.created) all.push_back(thing(side, link));
    }
    return all;
}

std::string place(const Disposition& disposition) {
    if (disposition.purge) return "deleted for good";
    if (disposition.copy) return "the copy is removed";
    switch (disposition.move) {
        case Disposition::Move::inbox:
            return "returned to the Inbox";
        case Disposition::Move::sent_items:
            return "returned to Sent Items";
        case Disposition::Move::none:
        case Disposition::Move::stay:
            break;
    }
    return "stays where it is";
}

std::string joined(const std::vector<std::string>& categories) {
    if (categories.empty()) return "none";
    return fmt::format("{}", fmt::join(categories, ", "));
}

class Comparison {
public:
    Comparison(const Side& before, const Side& after) : before_(before), after_(after) {}

    Lines lines() {
        differ("verdict", rules::to_text(one().verdict), rules::to_text(other().verdict));
        compare_reasons();
        compare_addressees();
        tell(creations(before_), creations(after_), "creates no longer");
        tell(creations(after_), creations(before_), "creates");
        compare_created();
        tell(links_to_known(before_), links(after_), "links no longer");
        tell(links_to_known(after_), links(before_), "links");
        compare_attachments();
        compare_dispositions();
        return std::move(lines_);
    }

private:
    const Decision& one() const { return before_.decision; }
    const Decision& other() const { return after_.decision; }

    void differ(std::string_view what, std::string_view before, std::string_view after) {
        if (before != after) lines_.push_back(fmt::format("{}: {} -> {}", what, before, after));
    }

    /// A line for each of `things` that is not among `others`.
    void tell(const Things& things, const Things& others, std::string_view what) {
        for (const Thing& thing : things) {
            if (contains(others, thing.identity)) continue;
            lines_.push_back(fmt::format("{}: {}", what, thing.text));
        }
    }

    void compare_reasons() {
        const std::string before = reason(before_);
        const std::string after = reason(after_);
        if (before == after) return;
        if (before.empty()) {
            lines_.push_back("reason: " + after);
        } else if (after.empty()) {
            lines_.push_back("reason before: " + before);
        } else {
            differ("reason", before, after);
        }
    }

    void compare_addressees() {
        const std::vector<Seen> before = seen(before_);
        const std::vector<Seen> after = seen(after_);
        if (before.empty() != after.empty()) {
            const bool now = before.empty();
            lines_.push_back(now ? "addressees are looked at" : "addressees are not looked at");
            return;
        }
        for (const Seen& was : before) {
            const auto is = std::ranges::find(after, was.where, &Seen::where);
            if (is == after.end()) {
                differ(was.where, was.outcome.text, "not looked at");
            } else if (is->outcome.identity != was.outcome.identity) {
                differ(was.where, was.outcome.text, is->outcome.text);
            }
        }
        for (const Seen& is : after) {
            if (std::ranges::find(before, is.where, &Seen::where) != before.end()) continue;
            differ(is.where, "not looked at", is.outcome.text);
        }
    }

    /// What differs in a record that both of them create.
    void compare_created() {
        for (const rules::Create& was : one().create) {
            const auto is = std::ranges::find(other().create, was.key, &rules::Create::key);
            if (is == other().create.end()) continue;
            const std::string what = fmt::format("{} {}, ", rules::to_text(was.kind), was.name);
            differ(what + "account", was.account, is->account);
            differ(what + "contact", was.contact, is->contact);
            std::map<std::string, std::pair<std::string, std::string>> fields;
            for (const auto& [name, value] : was.fields) fields[name].first = value;
            for (const auto& [name, value] : is->fields) fields[name].second = value;
            for (const auto& [name, values] : fields) {
                differ(what + name, or_none(values.first), or_none(values.second));
            }
        }
    }

    void differ(
        const std::string& what,
        const std::optional<rules::Reference>& was,
        const std::optional<rules::Reference>& is
    ) {
        const Thing none{"none", "none"};
        const Thing before = was ? thing(before_, *was) : none;
        const Thing after = is ? thing(after_, *is) : none;
        if (before.identity != after.identity) differ(what, before.text, after.text);
    }

    static std::string_view or_none(std::string_view value) { return value.empty() ? "none" : value; }

    /// Both lists are those of the mail, or empty where it is not archived.
    void compare_attachments() {
        const auto& before = one().attachments;
        const auto& after = other().attachments;
        const auto said = [](bool is_stored) { return is_stored ? "stored" : "left out"; };
        for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
            const auto& choice = i < before.size() ? before[i] : after[i];
            const bool was_stored = i < before.size() && before[i].stored;
            const bool is_stored = i < after.size() && after[i].stored;
            const std::string what = "attachment " + choice.filename.value_or("(unnamed)");
            differ(what, said(was_stored), said(is_stored));
        }
        const auto listed = [](const Decision& decision) {
            return decision.body_suffix.empty() ? "none" : "appended to the text";
        };
        const bool both = one().verdict == Verdict::archive && other().verdict == Verdict::archive;
        if (both) differ("list of attachments", listed(one()), listed(other()));
    }

    /// Of a mail that failed nothing is done that the decision knows.
    void compare_dispositions() {
        if (one().verdict == Verdict::fail || other().verdict == Verdict::fail) return;
        const Disposition& before = one().disposition;
        const Disposition& after = other().disposition;
        differ("mail", place(before), place(after));
        differ("category", joined(before.categories_add), joined(after.categories_add));
        differ(
            "category removed",
            joined(before.categories_remove),
            joined(after.categories_remove)
        );
    }

    const Side& before_;
    const Side& after_;
    Lines lines_;
};

}  // namespace

Lines compare_decisions(const Side& before, const Side& after) {
    return Comparison(before, after).lines();
}

}  // namespace agent
