// The mails of the crash harness: how one is made, what its user does with it, and what must have
// become of it in the end. Nothing here comes from the agent's code: the expectation is what the
// documentation promises.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace crash {

/// What becomes of a mail.
enum class Fate {
    to_inbox,        ///< dragged out of the Inbox, archived, returned
    to_sent_items,   ///< sent by its user, dragged out of Sent Items, archived, returned
    purged,          ///< archived, then deleted: delete-after-success
    copy_removed,    ///< copied: the original is marked, the copy goes to Deleted Items
    copy_purged,     ///< the same under delete-after-success: the copy is deleted
    unmatched,       ///< from a colleague: returned with Missing Required Matches, not archived
    unmatched_sent,  ///< to a colleague: the same, to Sent Items
    shared,          ///< two users drag it, and it becomes one record
    captured,        ///< given the category in the Inbox: archived where it lies
    captured_sent    ///< the same in Sent Items
};
constexpr Fate all_fates[] = {
    Fate::to_inbox,
    Fate::to_sent_items,
    Fate::purged,
    Fate::copy_removed,
    Fate::copy_purged,
    Fate::unmatched,
    Fate::unmatched_sent,
    Fate::shared,
    Fate::captured,
    Fate::captured_sent};
std::string_view to_text(Fate fate);
std::optional<Fate> fate(std::string_view text);

/// anna, ben and dora have the policy that returns mail, carl the one that deletes it.
inline const std::vector<std::string> filing_users = {
    "anna@us.example", "ben@us.example", "dora@us.example"};
constexpr const char* purging_user = "carl@us.example";

/// Where a mail has to lie, and with what.
struct Place {
    std::string mailbox, folder;          ///< a distinguished name, "inbox"
    std::vector<std::string> categories;  ///< sorted
    auto operator<=>(const Place&) const = default;
};

struct Mail {
    int number = 0;
    Fate fate = Fate::to_inbox;
    std::string kind;                ///< of the record it asks for: "opportunity"; "email" for none
    std::vector<std::string> users;  ///< in whose mailboxes it lies
    std::vector<std::string> people;  ///< addresses that must be contacts if it is archived
    std::string subject, message_id, mime;

    bool is_archived() const;
    bool makes_record() const { return is_archived() && kind != "email"; }
    bool is_sent() const;
    bool is_copied() const { return fate == Fate::copy_removed || fate == Fate::copy_purged; }
    bool is_captured() const { return fate == Fate::captured || fate == Fate::captured_sent; }
    /// "inbox" or "sentitems": where it lies before its user does anything.
    std::string origin() const { return is_sent() ? "sentitems" : "inbox"; }
    std::string drop_folder() const;    ///< "- Create New Opportunity"
    std::vector<Place> places() const;  ///< sorted
};

/// The number is all that tells two mails apart; everything else is at random, so that people and
/// companies recur. `users` have the policy that returns mail; two of them for Fate::shared.
Mail make_mail(int number, Fate fate, const std::vector<std::string>& users, std::mt19937_64& dice);

/// "company7.example"
std::string domain_of(const std::string& address);

}  // namespace crash
