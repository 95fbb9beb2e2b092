#include "mime/protection.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/attachment.hpp"
#include "mime/cms.hpp"
#include "mime/header.hpp"
#include "mime/limits.hpp"
#include "mime/parameter.hpp"

namespace mime {
namespace {

/// The names that programs give to what protects a mail. A signed invoice.xml.p7m or a
/// release.tar.sig is a file, which says nothing of the mail.
bool protects_mail(const Attachment& part) {
    const auto name = lower(part.filename.value_or(""));
    return name.empty() || name.starts_with("smime.") || name.find("signature") != name.npos ||
           name.find("pgp") != name.npos;
}

std::string shown(const Attachment& part) {
    return fmt::format("part {}: {}", part.part, part.content_type);
}

CmsKind kind_of(Attachment part) {
    part.raw = part.raw.substr(0, limits::cms_head);
    return cms_kind("", decode(part));
}

/// Both lines at the beginning of a line: a quoted one is another mail's.
bool armoured(std::string_view text, std::string_view begin, std::string_view end) {
    const auto line = [&](std::string_view wanted, std::size_t from) {
        auto at = text.find(wanted, from);
        while (at != text.npos && at > 0 && text[at - 1] != '\n') at = text.find(wanted, at + 1);
        return at;
    };
    const auto first = line(begin, 0);
    return first != text.npos && line(end, first) != text.npos;
}

class Protections {
public:
    explicit Protections(const Message& message)
        : message_(message), type_(read_parameters(field_value(message.headers, "Content-Type"))) {}

    Protection run() {
        if (type_.value == "multipart/signed") note(result_.is_signed, type_.value);
        if (type_.value == "multipart/encrypted") note(result_.encrypted, type_.value);
        for (const auto& part : message_.attachments) look_at(part);
        const std::string_view text = message_.text ? *message_.text : std::string_view();
        constexpr std::string_view begin_signed = "-----BEGIN PGP SIGNED MESSAGE-----";
        constexpr std::string_view begin_encrypted = "-----BEGIN PGP MESSAGE-----";
        if (armoured(text, begin_signed, "-----END PGP SIGNATURE-----"))
            note(result_.is_signed, fmt::format("text: {}", begin_signed));
        if (armoured(text, begin_encrypted, "-----END PGP MESSAGE-----"))
            note(result_.encrypted, fmt::format("text: {}", begin_encrypted));
        return std::move(result_);
    }

private:
    static void note(std::string& why, std::string seen) {
        if (why.empty()) why = std::move(seen);
    }

    void look_at(const Attachment& part) {
        const std::string_view type = part.content_type;
        if (is_cms(type)) return look_at_cms(part);
        const bool signature = type == "application/pkcs7-signature" ||
                               type == "application/x-pkcs7-signature" ||
                               type == "application/pgp-signature";
        if (signature && protects_mail(part)) note(result_.is_signed, shown(part));
        if (type == "application/pgp-encrypted" || type == "application/x-microsoft-rpmsg-message")
            note(result_.encrypted, shown(part));
    }

    /// Opaque signing and encryption share one type.
    void look_at_cms(const Attachment& part) {
        const bool is_root = is_cms(type_.value);
        if (!is_root && !protects_mail(part)) return;
        const auto named = cms_kind(is_root ? type_.find("smime-type").value_or("") : "", "");
        const bool is_named = named != CmsKind::unknown;
        const auto kind = is_named ? named : kind_of(part);
        const auto what = is_encrypted(kind) ? "enveloped-data" : "signed-data";
        auto why = is_named ? fmt::format("smime-type={}", what)
                            : fmt::format("{}, {}", shown(part), what);
        if (kind == CmsKind::signed_data) note(result_.is_signed, std::move(why));
        if (is_encrypted(kind)) note(result_.encrypted, std::move(why));
    }

    const Message& message_;
    ParameterValue type_;
    Protection result_;
};

}  // namespace

Protection protection_of(const Message& message) {
    return Protections(message).run();
}

}  // namespace mime
