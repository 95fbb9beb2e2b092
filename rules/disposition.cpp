#include "rules/disposition.hpp"

#include <algorithm>

#include "rules/categories.hpp"

namespace rules {
namespace {

/// Of `unwanted` those that the mail carries, as it spells them.
std::vector<std::string> carried(const Mail& mail, const std::vector<std::string>& unwanted) {
    std::vector<std::string> categories;
    for (const auto& category : mail.categories) {
        const auto is_same = [&](const std::string& name) { return same_category(name, category); };
        if (std::ranges::any_of(unwanted, is_same)) categories.push_back(category);
    }
    return categories;
}

bool is_addressed_to_owner(const Mail& mail) {
    return std::ranges::any_of(mail.addressees, [&](const Addressee& addressee) {
        const auto& own = mail.owner.addresses;
        return addressee.position >= Position::to &&
               std::ranges::find(own, addressee.key) != own.end();
    });
}

Disposition::Move return_folder(const Mail& mail, Trace& trace) {
    if (mail.direction == Direction::received) {
        trace.push_back({"disposition", "from", "somebody else", "returned to the Inbox"});
        return Disposition::Move::inbox;
    }
    if (is_addressed_to_owner(mail)) {
        trace.push_back(
            {"disposition", "from", "the owner, also a recipient", "returned to the Inbox"}
        );
        return Disposition::Move::inbox;
    }
    trace.push_back({"disposition", "from", "the owner of the mailbox", "returned to Sent Items"});
    return Disposition::Move::sent_items;
}

void place(Disposition& disposition, const Policy& policy, const Mail& mail, Trace& trace) {
    if (capture_of(policy, mail.role) != nullptr) {
        trace.push_back({"disposition", "folder", to_text(mail.role), "stays where it is"});
        disposition.move = Disposition::Move::stay;
        return;
    }
    disposition.move = return_folder(mail, trace);
    disposition.copy = mail.is_copy;
    if (mail.is_copy)
        trace.push_back(
            {"disposition", "copy", "the original lies in another folder", "the original is marked, the copy removed"}
        );
}

}  // namespace

std::optional<Disposition::Move> place_of_original(const Mail& mail) {
    if (mail.direction == Direction::received) return Disposition::Move::inbox;
    if (is_addressed_to_owner(mail)) return std::nullopt;
    return Disposition::Move::sent_items;
}

Disposition disposition_of_success(const Policy& policy, const Mail& mail, Trace& trace) {
    Disposition disposition;
    disposition.purge = capture_of(policy, mail.role) == nullptr && policy.smart_convert.purge_after_success;
    if (disposition.purge)
        trace.push_back({"disposition", "delete-after-success", "true", "deleted for good"});
    if (disposition.purge && !mail.is_copy) return disposition;
    place(disposition, policy, mail, trace);
    disposition.categories_add = {policy.categories.complete};
    disposition.categories_remove =
        carried(mail, {policy.categories.missing_matches, policy.categories.error});
    return disposition;
}

Disposition disposition_of_no_match(const Policy& policy, const Mail& mail, Trace& trace) {
    Disposition disposition;
    const auto* capture = capture_of(policy, mail.role);
    if (capture != nullptr && !capture->required_category) {
        trace.push_back({"disposition", "required-category", "false", "left alone"});
        disposition.move = Disposition::Move::stay;
        return disposition;
    }
    const bool retried = capture == nullptr && policy.smart_convert.retry_missing_matches;
    if (retried) {
        trace.push_back({"disposition", "retry-missing-matches", "true", "stays, tried again"});
        disposition.move = Disposition::Move::stay;
    } else {
        place(disposition, policy, mail, trace);
    }
    disposition.categories_add = {policy.categories.missing_matches};
    disposition.categories_remove = carried(mail, {policy.categories.error});
    return disposition;
}

}  // namespace rules
