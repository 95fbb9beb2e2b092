// Who asks: by Basic an account with each request, by NTLM the one that has logged in the
// connection. Apart from http_answer, which knows nothing of how; the handshake itself is in
// ntlm_acceptor.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/ntlm_acceptor.hpp"
#include "ews/simulator/organization.hpp"

namespace ews::simulator {

/// How a server lets clients in; shared by its connections.
class Doorkeeper {
public:
    /// Throws std::runtime_error where NTLM is not possible on this machine, std::invalid_argument
    /// for a binding that is demanded without TLS.
    /// @param end_point  binding of the server's certificate, "" without TLS
    Doorkeeper(const Login& login, std::string end_point);

    /// Values of WWW-Authenticate, one a field.
    const std::vector<std::string>& offers() const { return offers_; }
    /// Null where accounts log in by Basic.
    NtlmAcceptor* ntlm() const { return ntlm_.get(); }

private:
    std::vector<std::string> offers_;
    std::unique_ptr<NtlmAcceptor> ntlm_;
};

struct Admission {
    const Account* account = nullptr;          ///< null: the answer is 401
    bool is_step = false;                      ///< the client has to say more
    std::vector<std::string> challenges = {};  ///< values of WWW-Authenticate that go with it
};

/// What a server knows of a connection.
class ConnectionLogin {
public:
    /// @param authorization  value of that field of a request, "" if it has none
    Admission admit(
        std::string_view authorization, const Doorkeeper& door, const Organization& organization
    );

private:
    std::string step(std::string_view said, NtlmAcceptor& ntlm, const Organization& organization);

    std::unique_ptr<NtlmLogin> login_;  ///< under way
    std::string name_;                  ///< of the account that the connection belongs to
};

}  // namespace ews::simulator
