// A server that speaks TLS with a certificate that an authority of the test has signed, or nobody:
// for the tests of certificates and redirects.
#pragma once

#include <string>

#include "tests/failures/site.hpp"
#include "tests/http/certificates.hpp"

namespace failures {

/// An authority of this office, and a server that it vouches for.
class Certified {
public:
    explicit Certified(const testing_http::Wanted& wanted, bool self_signed = false) {
        testing_http::Wanted authority{"Office CA"};
        authority.is_ca = true;
        const auto ca = testing_http::make_identity(authority);
        const auto server = testing_http::make_identity(wanted, self_signed ? nullptr : &ca);
        testing_http::write_file(ca_file(), testing_http::certificate_pem(ca));
        testing_http::write_file(file("server.pem"), testing_http::certificate_pem(server));
        testing_http::write_file(file("server.key"), testing_http::key_pem(server));
    }
    ews::simulator::Options options() const {
        ews::simulator::Options options;
        options.certificate = file("server.pem");
        options.private_key = file("server.key");
        return options;
    }
    std::string ca_file() const { return file("ca.pem"); }
    std::string trust() const { return "ca-file=\"" + ca_file() + "\""; }

private:
    std::string file(const std::string& name) const { return (folder_.path / name).string(); }
    world::Folder folder_;
};

}  // namespace failures
