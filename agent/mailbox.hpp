// What the agent wants of a mailbox, whatever serves it: its watched folders, what is new in them, the mail itself,
// and where it goes afterwards. agent/ews_mailbox is the first implementation; tests have one in memory.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/arrivals.hpp"
#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/mail_bytes.hpp"
#include "agent/marking.hpp"
#include "agent/server_words.hpp"
#include "rules/decision.hpp"
#include "rules/policy.hpp"
#include "rules/vocabulary.hpp"

namespace agent {

template <class T>
using awaitable = boost::asio::awaitable<T>;

/// A folder that is watched: a drop folder, because of what dropping a mail into it means, Inbox or Sent Items.
struct WatchedFolder {
    std::string id;
    std::string name;
    rules::Role role;
    bool operator==(const WatchedFolder&) const = default;
};

/// The folders that exist now, and what the admin should know (a folder that could not be removed …).
struct Folders {
    std::vector<WatchedFolder> watched;
    std::vector<std::string> warnings;
};

/// An item that is in the folder, or was a moment ago.
struct ChangedItem {
    std::string id;
    bool created = true;  ///< new in this folder; else changed in it
    // Of Inbox and Sent Items only:
    std::vector<std::string> categories;
    Time received{}, modified{};
    bool operator==(const ChangedItem&) const = default;
};

/// What happened in a folder since a sync state.
struct Changes {
    std::vector<ChangedItem> items;
    std::string sync_state;
    bool complete = true;  ///< false: call again with the new sync state
};

/// What people know a mail by.
struct MailName {
    std::string subject, message_id;
};

/// A mail as it lies in the mailbox.
struct MailItem {
    MailBytes mime;
    std::vector<std::string> categories;
    ServerWords words;
};

/// Something happened in a watched folder.
struct Hint {
    std::string folder;
    std::vector<Arrival> arrivals;  ///< how items came into it, as far as the events tell
    bool operator==(const Hint&) const = default;
};

/// Hints that something happened. The truth is in Mailbox::changes.
class Watch {
public:
    virtual ~Watch() = default;
    /// Waits; empty for a heartbeat. An error ends it.
    virtual awaitable<Result<std::vector<Hint>>> next() = 0;
    /// Ends a waiting next() with errc::cancelled.
    virtual void close() = 0;
    /// Gives back what the server keeps for us; call it last. Errors do not matter any more.
    virtual awaitable<void> end() = 0;
};

class Mailbox {
public:
    using Place = rules::Disposition::Move;  ///< inbox or sent_items

    virtual ~Mailbox() = default;

    /// Makes master and drop folders what the policy says, and its categories known to Outlook.
    virtual awaitable<Result<Folders>> ensure_folders(rules::Policy policy) = 0;
    /// Gives the master folder, at the top of the mailbox, another name. Success where there is none of the first name;
    /// errc::denied where the second is taken.
    virtual awaitable<Result<void>> rename_folder(std::string from, std::string to) = 0;
    /// The folders that the policy watches, as far as they are there; changes nothing.
    virtual awaitable<Result<Folders>> find_folders(rules::Policy policy) = 0;
    /// Changes after `sync_state` ("" is the beginning), a bounded number at a time.
    virtual awaitable<Result<Changes>> changes(WatchedFolder folder, std::string sync_state) = 0;
    virtual awaitable<Result<std::unique_ptr<Watch>>> watch(std::vector<WatchedFolder> folders) = 0;

    /// These will be fetched next, in this order: a mailbox that likes may read some of them together then. Unless one
    /// knows better, it does not.
    virtual void expect(std::vector<std::string>) {}
    virtual awaitable<Result<MailItem>> fetch(std::string item) = 0;
    /// Of a mail that cannot be fetched, as far as the server tells.
    virtual awaitable<MailName> name_of(std::string item) = 0;
    /// Of an item in a drop folder: the same mail in `place`, of which it is a copy; nothing where there is none.
    virtual awaitable<Result<std::optional<std::string>>> original_of(std::string item, Place place) = 0;
    /// Existing categories stay; a conflict with another writer is read again and repeated.
    virtual awaitable<Result<void>> mark(std::string item, Marking marking) = 0;
    virtual awaitable<Result<void>> move(std::string item, Place to) = 0;
    virtual awaitable<Result<void>> purge(std::string item) = 0;
    /// To Deleted Items.
    virtual awaitable<Result<void>> discard(std::string item) = 0;
    /// The item that carries `mark`, if there is one, in `place` or, without that, in any folder of the mailbox: did a
    /// move whose answer was lost happen, where has its user put it?
    virtual awaitable<Result<std::optional<std::string>>> find_marked(
        std::optional<Place> place, std::string mark
    ) = 0;

    /// What became of each, in order.
    using Results = std::vector<Result<void>>;
    /// Many at once, in few calls; one that meets another writer is left as it is: mark() tries again. An error means
    /// that nobody knows what became of them. Unless a mailbox knows better, one after the other.
    virtual awaitable<Result<Results>> mark_each(std::vector<MarkedItem> items);
    virtual awaitable<Result<Results>> move_each(std::vector<std::string> items, Place to);
};

}  // namespace agent
