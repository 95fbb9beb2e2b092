// The mail that an item of a drop folder is a copy of. Outlook says neither with the item nor reliably by an event
// whether its user moved or copied it, so the original is looked for. Used by agent/ews_mailbox.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <set>
#include <string>

#include "agent/error.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"

namespace agent {

/// The id of another item of the same Message-ID, time of receipt and direction: the sent and the received item of a
/// mail to oneself are not copies of each other. Inbox and Sent Items are searched first, then all mail folders but
/// `own`, Deleted Items, Junk Email, Drafts and Outbox. `copy` has the fields of ews::mail_shape(). Nothing for a mail
/// without a Message-ID.
boost::asio::awaitable<Result<std::optional<std::string>>> find_original(
    ews::Client& client, const ews::Item& copy, const std::set<std::string>& own
);

}  // namespace agent
