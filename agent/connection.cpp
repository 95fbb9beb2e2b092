#include "agent/connection.hpp"

#include <utility>

#include "http/auth/basic.hpp"

namespace agent {

Result<Connection> open_connection(
    const boost::asio::any_io_executor& executor, const ExchangeConfig& exchange
) {
    Connection connection;
    const Result<Secret> password = read_secret(exchange.password);
    if (!password) return password.error();
    http::Result<http::Field> field = http::basic_authorization(exchange.user, password->reveal());
    if (!field) return Error{errc::denied, field.error().text, {}};
    connection.authorization = std::move(field->value);
    http::Options options;
    options.ca_file = exchange.ca_file;
    auto transport = http::Client::create(executor, std::move(options));
    if (!transport) return Error{errc::denied, transport.error().text, {}};
    connection.transport = std::move(*transport);
    return connection;
}

ews::ClientOptions client_options(
    const ExchangeConfig& exchange, const Connection& connection, const MailboxConfig& mailbox
) {
    ews::ClientOptions options;
    options.url = exchange.url;
    options.authorization = connection.authorization;
    options.account = exchange.user;
    options.anchor_mailbox = mailbox.addresses.front();
    if (exchange.impersonate) options.impersonate = mailbox.addresses.front();
    return options;
}

}  // namespace agent
