#include "agent/log_decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "agent/limits.hpp"
#include "agent/log.hpp"

namespace agent {

namespace {

/// "a, b", and how many are left out of a long list: a line of the log is to be read.
class Listing {
public:
    void add(std::string_view one) {
        if (++count_ > limits::listed) return;
        text_ += (text_.empty() ? "" : ", ") + std::string(one);
    }
    std::string text() const {
        if (count_ <= limits::listed) return text_;
        return fmt::format("{} and {} more", text_, count_ - limits::listed);
    }

private:
    std::string text_;
    std::size_t count_ = 0;
};

/// "contact Ann Bo, opportunity Offer"
std::string created_names(const rules::Decision& decision) {
    Listing names;
    for (const rules::Create& create : decision.create) {
        names.add(fmt::format("{} {}", rules::to_text(create.kind), create.name));
    }
    return names.text();
}

std::string sender(const rules::Decision& decision) {
    const auto from = std::ranges::find(
        decision.addressees, rules::Position::from, &rules::AddresseeOutcome::position
    );
    return from == decision.addressees.end() ? "" : from->address;
}

/// The name of the event that a decision which was carried out is in the log.
std::string_view event_of(const rules::Decision& decision, bool observing) {
    if (decision.verdict == rules::Verdict::archive) return observing ? "would-file" : "filed";
    const bool untouched = decision.disposition.move == rules::Disposition::Move::stay &&
                           decision.disposition.categories_add.empty();
    if (untouched) return observing ? "would-leave" : "left-alone";
    return observing ? "would-skip" : "skipped";
}

/// "contact 30, user 1"; what is created stands apart.
std::string linked_ids(const rules::Decision& decision) {
    Listing ids;
    for (const rules::Reference& link : decision.links) {
        if (!link.created) ids.add(fmt::format("{} {}", rules::to_text(link.kind), link.id));
    }
    return ids.text();
}

/// "inbox", "sent-items", "stay", "purged", "copy-removed": where it is now, or would be.
std::string_view end_of(const rules::Disposition& disposition) {
    if (disposition.copy) return "copy-removed";
    if (disposition.purge) return "purged";
    return rules::to_text(disposition.move);
}

/// "+Processing Complete -Processing Error"
std::string category_changes(const rules::Disposition& disposition) {
    std::string text;
    for (const std::string& one : disposition.categories_add)
        text += (text.empty() ? "+" : " +") + one;
    for (const std::string& one : disposition.categories_remove)
        text += (text.empty() ? "-" : " -") + one;
    return text;
}

}  // namespace

void log_decision(
    const Job& job, const rules::Decision& decision, const rules::Disposition& carried_out, bool observing
) {
    log::info(
        event_of(decision, observing),
        {{"mailbox", job.mailbox},
         {"role", to_text(job.role)},
         {"job", std::to_string(job.id)},
         {"from", sender(decision)},
         {"subject", job.subject},
         {"message-id", job.message_id},
         {"record", observing ? std::string() : job.record},
         {"created", created_names(decision)},
         {"linked", linked_ids(decision)},
         {"ends", std::string(end_of(carried_out))},
         {"categories", category_changes(carried_out)},
         {"why", job.note}}
    );
}

}  // namespace agent
