// The mail that an item of a drop folder is a copy of. Used by agent/ews_mailbox where no event told whether the item was
// moved or copied.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "agent/error.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"

namespace agent {

/// The id of another item in `folder` with the Message-ID, times, direction, sender and subject of `copy`, which has the
/// fields of ews::mail_shape(): a mail that came twice, directly and by a list, is two mails. Nothing for a mail without
/// a Message-ID: in doubt a copy too many is left, never a mail removed.
boost::asio::awaitable<Result<std::optional<std::string>>> find_original(
    ews::Client& client, const ews::Item& copy, ews::FolderRef folder
);

}  // namespace agent
