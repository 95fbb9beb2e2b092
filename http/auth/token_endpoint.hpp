// The talk with a token endpoint, RFC 6749 section 4.4: the form that is sent, what comes back, and
// what its refusals mean for an administrator. Separate from oauth.hpp because it is pure: no
// clock, no waiting, no cache.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/transport.hpp"

namespace http {

/// Body of an answer; a real one has 2 to 5 kB.
inline constexpr std::size_t max_token_answer = 64U << 10U;
/// Web servers take no longer field.
inline constexpr std::size_t max_token = 16U << 10U;
/// A token that lives shorter is of no use; one that lives longer is asked for anew after this.
inline constexpr std::chrono::seconds least_token_life{30};
inline constexpr std::chrono::hours max_token_life{24};
/// Assumed where the endpoint does not say.
inline constexpr std::chrono::minutes usual_token_life{10};

/// Who asks whom for what. Nothing of it is secret.
struct TokenRequest {
    std::string url;  ///< of the endpoint
    std::string client_id;
    std::string scope;
};

/// What proves it: a field of the form, a secret.
struct ClientSecret {
    std::string value;
};
struct ClientAssertion {
    std::string value;
};

struct Grant {
    std::string token;  ///< a secret; nothing but the characters of RFC 6750 section 2.1
    std::chrono::seconds life{};
};

struct NoGrant {
    Error error;
    bool for_good = false;  ///< an administrator has to act: asking soon again is of no use
};

Request token_form(
    const TokenRequest& asked, const std::variant<ClientSecret, ClientAssertion>& proof
);

/// Texts hold the endpoint, the application and numbers of errors, and nothing else that was sent
/// by either side: a description may repeat a secret.
std::variant<Grant, NoGrant> read_token(const TokenRequest& asked, const Response& answer);

/// The same for an exchange that failed.
NoGrant no_answer(const TokenRequest& asked, const Error& error);

}  // namespace http
