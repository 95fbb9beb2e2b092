// Spares an account that a server refuses: accounts lock after some wrong logins, and many
// mailboxes log in by one. As long as nobody knows whether it is accepted, one request tries, and
// the others wait for what comes of it; after a refusal nobody asks for a while. Around any other
// Authenticator.
#pragma once

#include <chrono>
#include <memory>

#include "http/auth/login.hpp"

namespace http {

struct SparingPaces {
    /// After a refusal, doubled with every further one: of an account that was never accepted,
    /// and of one that was, which may be a slip of the server.
    std::chrono::milliseconds first_rest{60'000};
    std::chrono::milliseconds first_rest_of_accepted{15'000};
    std::chrono::milliseconds longest_rest{900'000};
    /// Where logging in has failed before the server was asked: that may be the password, and it
    /// may be the DNS or the domain controllers, which come back.
    std::chrono::milliseconds longest_rest_after_error{300'000};
    /// For the one that tries; then the others go too.
    std::chrono::milliseconds longest_trial{5'000};
};

/// While the account rests a request fails at once: errc::login_rests, or with the error that
/// `inner` has failed with. On the thread of its clients.
std::shared_ptr<Authenticator> sparing(
    std::shared_ptr<Authenticator> inner, SparingPaces paces = {}
);

}  // namespace http
