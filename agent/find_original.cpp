#include "agent/find_original.hpp"

#include <utility>

#include "ews/only.hpp"
#include "ews/operations/find_item.hpp"

namespace agent {

namespace {

bool is_same_mail(const ews::Item& copy, const ews::Item& other) {
    return other.id != copy.id && other.internet_message_id == copy.internet_message_id &&
           other.received == copy.received && other.sent == copy.sent &&
           other.is_from_me == copy.is_from_me && other.subject == copy.subject &&
           other.from == copy.from && other.has_attachments == copy.has_attachments;
}

}  // namespace

boost::asio::awaitable<Result<std::optional<std::string>>> find_original(
    ews::Client& client, const ews::Item& copy, ews::FolderRef folder
) {
    std::optional<std::string> original;
    if (copy.internet_message_id.empty()) co_return original;
    ews::FindItem request{{std::move(folder)}, ews::mail_shape()};
    request.restriction = ews::is_equal_to(ews::message_id_property(), copy.internet_message_id);
    auto reply = co_await client.call(std::move(request));
    ews::Result<ews::FoundItems> found = ews::only(std::move(reply));
    if (!found) co_return from(found.error());
    for (const ews::Item& item : found->items) {
        if (is_same_mail(copy, item)) original = item.id.id;
    }
    co_return original;
}

}  // namespace agent
