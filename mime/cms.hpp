// The container of S/MIME (RFC 8551, RFC 5652): which parts are one, of what kind, and the mail
// within an opaque signature, smime.p7m with smime-type=signed-data. Taken out, not verified:
// Mailferry reads, it does not vouch. Used by contents, protection and read_message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mime {

/// `content_type` in lower case, without parameters. Signing and encryption share it.
bool is_cms(std::string_view content_type);

enum class CmsKind {
    unknown,
    signed_data,
    enveloped_data,  ///< encrypted, authEnvelopedData included
    other,           ///< compressed, certificates alone
};

/// By the parameter smime-type (RFC 8551 §3.2.2), and where that is "" or says nothing known, as
/// many programs leave it out, by the object identifier at the beginning of the bytes.
CmsKind cms_kind(std::string_view smime_type, std::string_view head);

/// One of unknown kind counts as encrypted: most are.
bool is_encrypted(CmsKind kind);

/// The MIME entity within a CMS SignedData in DER or BER; nothing where `bytes` is none, or where
/// the signature is detached.
std::optional<std::string> signed_content(std::string_view bytes);

}  // namespace mime
