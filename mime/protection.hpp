// Whether a mail is signed or encrypted, by S/MIME (RFC 8551), OpenPGP (RFC 3156, or within the
// text) or Microsoft's rights management. Nothing is verified. Two of the traits of mail_traits.
#pragma once

#include <string>

#include "mime/message.hpp"

namespace mime {

/// What of each was seen, "" where it was not.
struct Protection {
    std::string is_signed;  ///< "multipart/signed", "part 1.2: application/pkcs7-signature"
    std::string encrypted;  ///< "smime-type=enveloped-data", "text: -----BEGIN PGP MESSAGE-----"
    bool operator==(const Protection&) const = default;
};

Protection protection_of(const Message& message);

}  // namespace mime
