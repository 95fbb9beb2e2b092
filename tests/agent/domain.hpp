// The domain us.example as one machine: a simulator with its certificate, and a proxy that leads
// there whatever is asked for, in the place of a DNS. For tests of Autodiscover, which needs names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/agent/live.hpp"
#include "tests/fakes/proxy.hpp"
#include "tests/http/certificates.hpp"

namespace domain {

/// The agent of tests/agent/live.hpp without a configured url.
class Domain : public live::Live {
public:
    explicit Domain(std::vector<std::string> mailboxes = {live::anna}) : Live(mailboxes) {
        testing_http::Wanted wanted;
        wanted.common_name = "us.example";
        wanted.names = "DNS:us.example,DNS:autodiscover.us.example";
        const testing_http::Identity identity = testing_http::make_identity(wanted);
        ews::simulator::Options options;
        options.certificate = file("server.pem");
        options.private_key = file("server.key");
        testing_http::write_file(options.certificate, testing_http::certificate_pem(identity));
        testing_http::write_file(options.private_key, testing_http::key_pem(identity));
        server = std::make_unique<ews::simulator::Simulator>(options);
        for (const std::string& mailbox : mailboxes) server->add_mailbox(mailbox);
        server->add_service_account("ferry@us.example");
        server->start();
        const std::string url = server->url();
        const auto port = std::stoul(url.substr(url.find(':', 6) + 1));
        proxy = std::make_unique<fakes::Proxy>(static_cast<std::uint16_t>(port));
        change_config(
            "url=\"" + exchange.url() + "\"", "autodiscover=\"true\" ca-file=\"server.pem\""
        );
        change_config("  </exchange>", "    <proxy url=\"" + proxy->url() + "\"/>\n  </exchange>");
    }
    ~Domain() { stop(); }

    std::string file(const std::string& name) const { return (folder.path / name).string(); }

    std::unique_ptr<ews::simulator::Simulator> server;
    std::unique_ptr<fakes::Proxy> proxy;
};

}  // namespace domain
