#include "mime/protection.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/attachment.hpp"
#include "mime/header.hpp"
#include "mime/limits.hpp"
#include "mime/parameter.hpp"

namespace mime {
namespace {

enum class Cms { signed_data, enveloped_data, other };

bool is_cms(std::string_view type) {
    return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime";
}

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

/// RFC 8551 §3.2.2.
Cms named_kind(std::string_view smime_type) {
    if (equal(smime_type, "signed-data")) return Cms::signed_data;
    const bool encrypted =
        equal(smime_type, "enveloped-data") || equal(smime_type, "authenveloped-data");
    return encrypted ? Cms::enveloped_data : Cms::other;
}

/// By the object identifier at the beginning of its DER (RFC 5652 §3), as many programs leave the
/// parameter out; encrypted where there is none.
Cms kind_of(Attachment part) {
    using namespace std::string_view_literals;
    part.raw = part.raw.substr(0, limits::cms_head);
    const auto head = decode(part);
    constexpr std::array kinds{
        std::pair{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"sv, Cms::signed_data},
        std::pair{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"sv, Cms::enveloped_data},
        std::pair{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"sv, Cms::enveloped_data},
        std::pair{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09"sv, Cms::other},  // compressed
    };
    auto kind = Cms::enveloped_data;
    auto first = head.npos;
    for (const auto& [identifier, means] : kinds)
        if (const auto at = head.find(identifier); at < first) {
            first = at;
            kind = means;
        }
    return kind;
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
        const auto named = is_root ? type_.find("smime-type") : std::nullopt;
        const auto kind = named ? named_kind(*named) : kind_of(part);
        const auto what = kind == Cms::signed_data ? "signed-data" : "enveloped-data";
        auto why =
            named ? fmt::format("smime-type={}", what) : fmt::format("{}, {}", shown(part), what);
        if (kind == Cms::signed_data) note(result_.is_signed, std::move(why));
        if (kind == Cms::enveloped_data) note(result_.encrypted, std::move(why));
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
