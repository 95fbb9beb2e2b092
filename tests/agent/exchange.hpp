// The Exchange simulator with Anna's mailbox, and a connection to it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <string>
#include <vector>

#include "agent/connection.hpp"
#include "agent/ews_mailbox.hpp"
#include "ews/simulator/simulator.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"

namespace agent_test {

struct Exchange {
    Exchange() {
        simulator.add_mailbox(anna, "secret");
        simulator.add_service_account("ferry", "secret");
        simulator.start();
        config.name = "office";
        config.url = simulator.url();
        config.user = "ferry";
        config.password =
            agent::SecretSource{agent::SecretSource::Kind::file, folder.write("password", "secret\n")};
        config.settle = std::chrono::milliseconds(0);
    }

    /// Names of the folders with the number of mails in each, "Inbox 0, Company CRM 0 …", as far as
    /// users made them.
    std::string folders() const {
        std::string text;
        for (const auto& one : simulator.folders(anna)) {
            if (!one.distinguished.empty()) continue;
            text += one.display_name + " " + std::to_string(one.items) + "\n";
        }
        return text;
    }

    Folder folder;
    ews::simulator::Simulator simulator;
    agent::ExchangeConfig config;
};

/// An EwsMailbox of Anna on that server.
struct Client {
    explicit Client(const Exchange& exchange)
        : connection(agent::open_connection(context.get_executor(), exchange.config).value()),
          mailbox(
              *connection.transport, agent::client_options(exchange.config, connection, {{anna}})
          ) {}

    boost::asio::io_context context;
    agent::Connection connection;
    agent::EwsMailbox mailbox;
};

}  // namespace agent_test
