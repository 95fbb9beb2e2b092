// Calls that go to the mail server of an affinity group but act in the mailbox of one member:
// Subscribe and Unsubscribe. Routed as the group's anchor (X-AnchorMailbox, override cookie),
// impersonated and charged as the member.
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-maintain-affinity-between-group-of-subscriptions-and-mailbox-server
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <utility>

#include "ews/client.hpp"

namespace ews {

/// The cookies that lead to the mail server, as far as answers until now have named it; else "".
std::string server_of(const Client& client);
/// `client` knows that mail server; nothing changes where `cookies` is "".
void lead_to_server(Client& client, const std::string& cookies);
/// `to` knows the mail server that `from` knows; nothing changes where that knows none.
void hand_over_server(const Client& from, Client& to);
/// Whether answers until now have named the mail server.
bool knows_server(const Client& client);

/// The member outlives the call. Errors as of Client::call.
template <Operation Op>
boost::asio::awaitable<Result<typename Op::Reply>> call_through(
    std::shared_ptr<Client> anchor, Client& member, Op operation
) {
    auto pass = co_await member.enter(Op::name);
    if (!pass) co_return pass.error();
    std::string body = write_request(operation, member.options().impersonate);
    http::Request asked = anchor->request(body, true);
    auto response = co_await anchor->transport().exchange(std::move(asked));
    for (int left = max_redirects; response && is_redirect(response->status) && left > 0; --left) {
        auto followed = anchor->follow_redirect(*response);
        if (!followed) co_return followed.error();
        asked = anchor->request(body, true);
        response = co_await anchor->transport().exchange(std::move(asked));
    }
    if (!response) co_return from_transport(response.error());
    anchor->remember_server(*response);
    if (auto refused = anchor->refusal(*response)) {
        member.heed(*pass, refused);
        co_return *std::move(refused);
    }
    const Envelope envelope(std::move(response->body));
    auto found = envelope.response(Op::name);
    if (!found) {
        member.heed(*pass, found.error());
        co_return found.error();
    }
    auto reply = operation.read(*found);
    member.heed(*pass, wait_asked(reply));
    co_return reply;
}

}  // namespace ews
