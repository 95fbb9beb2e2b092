#include "agent/resolve_senders.hpp"

#include <algorithm>
#include <utility>

#include "agent/limits.hpp"
#include "ews/operations/resolve_names.hpp"
#include "mime/parse.hpp"

namespace agent {

namespace {

std::string_view head_of(std::string_view mime) {
    mime = mime.substr(0, limits::mail_head);
    return mime.substr(0, std::min(mime.find("\r\n\r\n"), mime.find("\n\n")));
}

/// Nothing could be asked of the server now, whatever it is about.
bool is_out_of_reach(ews::errc code) {
    using enum ews::errc;
    switch (code) {
        case unreachable:
        case untrusted:
        case timeout:
        case cancelled:
        case unauthorised:
        case unavailable:
        case server_busy:
        case too_many_connections:
            return true;
        default:
            return false;
    }
}

/// The one whom the name means; "" where that is nobody, several, or nobody with an SMTP address.
std::string only_smtp_address(const std::vector<ews::Correspondent>& people) {
    if (people.size() != 1) return {};
    const ews::Correspondent& person = people.front();
    const bool is_smtp = person.routing_type.empty() || person.routing_type == "SMTP";
    return is_smtp && person.address.find('@') != std::string::npos ? person.address
                                                                    : std::string();
}

}  // namespace

Strangers strangers(const ews::Item& item, std::string_view mime) {
    Strangers people;
    const std::string_view head = head_of(mime);
    const bool is_ex = item.from && item.from->routing_type == "EX";
    if (!is_ex && !may_hold_x500_names(head)) return people;
    const mime::Message message = mime::parse(head);
    people.names = x500_names(message);
    people.is_inside = is_ex;
    if (!is_from_foreign(message)) return people;
    people.from = ews::smtp_address_of_from(item);
    if (is_ex) people.from_name = item.from->address;
    return people;
}

boost::asio::awaitable<Result<AddressBook>> ResolveSenders::resolve(Strangers people) {
    AddressBook book;
    book.from = std::move(people.from);
    book.is_inside = people.is_inside;
    if (!book.from.empty() && !people.from_name.empty()) {
        book.smtp[comparable_name(people.from_name)] = book.from;
    } else if (!people.from_name.empty()) {
        Result<std::string> address = co_await address_of(people.from_name);
        if (!address) co_return address.error();
        book.from = *address;
    }
    for (const std::string& name : people.names) {
        const std::string key = comparable_name(name);
        if (book.smtp.contains(key)) continue;
        Result<std::string> address = co_await address_of(name);
        if (!address) co_return address.error();
        if (!address->empty()) book.smtp[key] = std::move(*address);
    }
    co_return book;
}

boost::asio::awaitable<Result<std::string>> ResolveSenders::address_of(std::string name) {
    const std::string key = comparable_name(name);
    const auto known = known_.find(key);
    if (known != known_.end()) co_return known->second;
    ews::ResolveNames request{std::move(name)};
    auto found = co_await client_.call(std::move(request));
    if (!found && is_out_of_reach(found.error().code)) co_return from(found.error());
    if (!found) co_return std::string();  // it may know better the next time
    if (known_.size() >= limits::address_book) known_.clear();
    std::string address = only_smtp_address(*found);
    known_[key] = address;
    co_return address;
}

}  // namespace agent
