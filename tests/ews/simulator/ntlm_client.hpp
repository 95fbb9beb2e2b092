// The client's end of an NTLM login without a network: what it says to what it hears. For the tests
// of ntlm_acceptor and login.
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "ews/simulator/ntlm_acceptor.hpp"
#include "http/auth/gss.hpp"

namespace ews::simulator::testing {

/// gss-ntlmssp 1.2 loses memory with every password that it reads: LeakSanitizer has to be off.
inline bool ntlm_was_used = false;

/// Skips, aloud, where gss-ntlmssp is missing.
struct NtlmTest : ::testing::Test {
    void SetUp() override {
        ntlm_was_used = true;
        try {
            const NtlmAcceptor acceptor("");
        } catch (const std::runtime_error&) {
            GTEST_SKIP() << "gss-ntlmssp is not installed";
        }
    }
};

class NtlmClient {
public:
    /// @param hash  of the certificate that it believes to speak to, "" for no channel binding
    NtlmClient(const std::string& user, const std::string& password, const std::string& hash = "")
        : context_(
              ::http::ntlm_identity(user, password, {user, "HTTP@127.0.0.1"}).identity,
              {user, "HTTP@127.0.0.1"},
              hash
          ) {}

    std::string say(const std::string& heard = "") {
        std::string token;
        context_.step(heard, token);
        return token;
    }

private:
    ::http::GssContext context_;
};

}  // namespace ews::simulator::testing
