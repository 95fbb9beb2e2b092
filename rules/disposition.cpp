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

bool is_to_oneself(const Mail& mail) {
    return mail.direction != Direction::received && is_addressed_to_owner(mail);
}

/// The folder that the user dragged it from.
Disposition::Move home_of(const Mail& mail) {
    const bool is_sent = mail.direction != Direction::received && !is_addressed_to_owner(mail);
    return is_sent ? Disposition::Move::sent_items : Disposition::Move::inbox;
}

void explain_home(const Mail& mail, Trace& trace) {
    const auto* from = mail.direction == Direction::received ? "somebody else"
                       : is_to_oneself(mail)                 ? "the owner, also a recipient"
                                                             : "the owner of the mailbox";
    const bool is_sent = home_of(mail) == Disposition::Move::sent_items;
    trace.push_back(
        {"disposition", "from", from, is_sent ? "returned to Sent Items" : "returned to the Inbox"}
    );
}

void place(Disposition& disposition, const Policy& policy, const Mail& mail, Trace& trace) {
    if (capture_of(policy, mail.role) != nullptr) {
        trace.push_back({"disposition", "folder", to_text(mail.role), "stays where it is"});
        disposition.move = Disposition::Move::stay;
        return;
    }
    explain_home(mail, trace);
    disposition.move = home_of(mail);
    disposition.copy = mail.is_copy;
    if (mail.is_copy)
        trace.push_back(
            {"disposition", "copy", "the original lies in another folder", "the original is marked, the copy removed"}
        );
}

}  // namespace

std::optional<Disposition::Move> place_of_original(const Mail& mail) {
    if (is_to_oneself(mail)) return std::nullopt;
    return home_of(mail);
}

Disposition disposition_of_success(const Policy& policy, const Mail& mail, Trace& trace) {
    Disposition disposition;
    disposition.purge = capture_of(policy, mail.role) == nullptr && policy.smart_convert.purge_after_success;
    if (disposition.purge)
        trace.push_back({"disposition", "delete-after-success", "true", "deleted for good"});
    if (disposition.purge && !mail.is_copy) return disposition;
    place(disposition, policy, mail, trace);
    disposition.categories_add = {policy.categories.complete};
    const auto& names = policy.categories;
    disposition.categories_remove =
        carried(mail, {names.missing_matches, names.error, names.pending});
    return disposition;
}

Disposition disposition_of_no_match(const Policy& policy, const Mail& mail, Trace& trace) {
    Disposition disposition;
    const auto* capture = capture_of(policy, mail.role);
    if (capture != nullptr && !capture->required_category) {
        trace.push_back({"disposition", "required-category", "false", "left alone"});
        disposition.move = Disposition::Move::stay;
        disposition.categories_remove = carried(mail, {policy.categories.pending});
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
    disposition.categories_remove =
        carried(mail, {policy.categories.error, policy.categories.pending});
    return disposition;
}

}  // namespace rules
