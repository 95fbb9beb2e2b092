// Fetches a mail in parts where the server cannot make MIME of it: the item without MIME, then what
// is attached, in few calls and within bounds; agent/compose_mime puts it together.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "agent/error.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"

namespace agent {

/// The item, with what was put together as its MIME. errc::permanent where it is no mail, too
/// large, or one of its parts cannot be had: a mail without its files would be a loss that nobody
/// sees.
boost::asio::awaitable<Result<ews::Item>> fetch_parts(ews::Client& client, std::string item);

/// Whether an item is a mail: contacts, tasks and appointments have fields that no mail has.
bool is_kind_of_mail(const std::string& kind);

/// Why a mail cannot be had as MIME, and why not in parts, where that is another reason.
Error with_parts(Error as_mime, const Error& in_parts);

/// Subject and Message-ID of an item that cannot be fetched.
boost::asio::awaitable<Result<ews::Item>> fetch_name(ews::Client& client, std::string item);

}  // namespace agent
