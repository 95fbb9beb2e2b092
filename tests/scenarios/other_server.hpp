// The same scenarios with another kind of server: TLS, logins by NTLM that are bound to its
// certificate, and the ways of grommunio.
#pragma once

#include <string>

#include "tests/http/certificates.hpp"
#include "tests/scenarios/world.hpp"

namespace scenario {

/// Must outlive the servers that are made of it.
class OtherServer {
public:
    OtherServer() {
        testing_http::Wanted authority{"Scenarios CA"};
        authority.is_ca = true;
        const auto ca = testing_http::make_identity(authority);
        const auto server = testing_http::make_identity(testing_http::Wanted{"localhost"}, &ca);
        testing_http::write_file(file("ca.pem"), testing_http::certificate_pem(ca));
        testing_http::write_file(file("server.pem"), testing_http::certificate_pem(server));
        testing_http::write_file(file("server.key"), testing_http::key_pem(server));
    }

    ews::simulator::Options options() const {
        ews::simulator::Options options;
        options.certificate = file("server.pem");
        options.private_key = file("server.key");
        options.login = {ews::simulator::Login::Scheme::ntlm, true};
        options.ways.grommunio = true;
        // What its streams hold back, and that they know a subscription no more, comes with the
        // next one.
        options.heartbeat = std::chrono::milliseconds(500);
        return options;
    }

    /// Of <exchange>, to reach it.
    std::string attributes() const {
        return "login=\"negotiate\" ca-file=\"" + file("ca.pem") + "\"";
    }

    /// What is told of a mail whose MIME the server makes anew: all but its bytes as `expected`.
    static std::string without_bytes(std::string expected) {
        const std::string kept = "  original kept byte for byte\n";
        for (auto at = expected.find(kept); at != std::string::npos; at = expected.find(kept)) {
            expected.replace(at, kept.size(), "  original CHANGED\n");
        }
        return expected;
    }

    /// NTLM has a library of its own to be installed.
    static bool is_possible() {
        return std::filesystem::exists("/etc/gss/mech.d/mech.ntlmssp.conf");
    }

private:
    std::string file(const std::string& name) const { return (folder_.path / name).string(); }

    world::Folder folder_;
};

}  // namespace scenario
