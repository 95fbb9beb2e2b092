#include "rules/match/tie_break.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <tuple>

namespace rules {
namespace {

bool is_number(const std::string& id) {
    return !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
}

/// Narrows the candidates step by step; remembers the step that left a single record.
template <class Record>
class Narrowing {
public:
    explicit Narrowing(const std::vector<Record>& records) {
        for (const auto& record : records) left_.push_back(&record);
        count_ = distinct();
    }

    void prefer(std::string_view criterion, const std::function<bool(const Record&)>& holds) {
        if (std::ranges::none_of(left_, [&](const Record* record) { return holds(*record); }))
            return;
        const auto before = distinct();
        std::erase_if(left_, [&](const Record* record) { return !holds(*record); });
        if (before > 1 && distinct() == 1) decided_by_ = criterion;
    }

    Choice<Record> finish() {
        const auto lowest = *std::ranges::min_element(left_, [](const Record* a, const Record* b) {
            return lower_id(a->id, b->id);
        });
        if (distinct() > 1) decided_by_ = "the lowest id";
        if (count_ == 1) return {lowest, ""};
        return {lowest, fmt::format("{} share the address; taken for {}", count_, decided_by_)};
    }

    const std::vector<const Record*>& left() const { return left_; }

private:
    std::size_t distinct() const {
        std::set<std::string_view> ids;
        for (const auto* record : left_) ids.insert(record->id);
        return ids.size();
    }

    std::vector<const Record*> left_;
    std::size_t count_ = 0;
    std::string decided_by_;
};

/// The order of the CRM's fields: an address that comes first is likelier the one of this person.
template <class Record>
void prefer_first_field(Narrowing<Record>& narrowing, const std::vector<Record>& records) {
    const auto field = std::ranges::min(records, {}, &Record::field_order).field_order;
    const auto criterion = fmt::format("e-mail field {}, before the others", field + 1);
    narrowing.prefer(criterion, [&](const Record& r) { return r.field_order == field; });
}

template <class Record>
Choice<Record> by_age_and_id(Narrowing<Record>& narrowing) {
    const auto latest =
        (*std::ranges::max_element(narrowing.left(), {}, &Record::modified))->modified;
    narrowing.prefer("the latest change", [&](const Record& r) { return r.modified == latest; });
    return narrowing.finish();
}

}  // namespace

bool lower_id(const std::string& a, const std::string& b) {
    const auto rank = [](const std::string& id) {
        if (!is_number(id)) return std::tuple<bool, std::size_t, std::string_view>{true, 0, id};
        auto digits = std::string_view(id);
        digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
        return std::tuple<bool, std::size_t, std::string_view>{false, digits.size(), digits};
    };
    return std::tuple(rank(a), std::string_view(a)) < std::tuple(rank(b), std::string_view(b));
}

Choice<Contact> break_tie(const std::vector<Contact>& contacts, const Preference& preference) {
    Narrowing<Contact> narrowing(contacts);
    prefer_first_field(narrowing, contacts);
    narrowing.prefer("its owner, the mailbox's user", [&](const Contact& contact) {
        return preference.owners.contains(contact.owner);
    });
    narrowing.prefer(
        "its account, which another addressee has linked",
        [&](const Contact& contact) {
            return contact.account && preference.accounts.contains(*contact.account);
        }
    );
    return by_age_and_id(narrowing);
}

Choice<Lead> break_tie(const std::vector<Lead>& leads, const Preference& preference) {
    Narrowing<Lead> narrowing(leads);
    prefer_first_field(narrowing, leads);
    narrowing.prefer("its owner, the mailbox's user", [&](const Lead& lead) {
        return preference.owners.contains(lead.owner);
    });
    return by_age_and_id(narrowing);
}

}  // namespace rules
