// What an opaque S/MIME signature holds: smime.p7m with smime-type=signed-data has the mail inside
// (RFC 8551 §3.5.2, RFC 5652 §5). Taken out, not verified: Mailferry reads, it does not vouch.
// Used by contents.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mime {

/// The MIME entity within a CMS SignedData in DER or BER; nothing where `bytes` is none, or where
/// the signature is detached.
std::optional<std::string> signed_content(std::string_view bytes);

}  // namespace mime
