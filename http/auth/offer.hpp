// What a server offers to log in by, of the schemes that GSSAPI speaks: read from the values of
// WWW-Authenticate. Separate because it is pure; used by negotiate.
#pragma once

#include <string>
#include <vector>

#include "http/error.hpp"

namespace http {

struct Offer {
    bool negotiate = false;  ///< RFC 4559
    bool ntlm = false;       ///< MS-NTHT
    std::string token;       ///< of the one scheme that carries one, decoded; "" for none
    std::vector<std::string>
        others;  ///< names of schemes that are no matter of GSSAPI, as the server wrote them

    /// Of the token aside.
    bool anything() const { return negotiate || ntlm; }
};

/// One value a field; several challenges in one field, as RFC 9110 allows, are taken apart.
/// errc::protocol for a token that is no base64.
Result<Offer> read_offer(const std::vector<std::string>& challenges);

}  // namespace http
