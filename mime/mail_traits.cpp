#include "mime/mail_traits.hpp"

#include <algorithm>
#include <string_view>

#include "mime/ascii.hpp"
#include "mime/header.hpp"
#include "mime/parameter.hpp"

namespace mime {
namespace {

class Traits {
public:
    explicit Traits(const Message& message)
        : message_(message), type_(read_parameters(field("Content-Type"))) {}

    /// RFC 3834 §5, and what Exchange and older programs write instead of it.
    bool auto_reply() const {
        const auto submitted = field("Auto-Submitted");
        const bool declared = !submitted.empty() && !equal(submitted.substr(0, 2), "no");
        return declared || has("X-Autoreply") || has("X-Autorespond") ||
               equal(field("Precedence"), "auto_reply");
    }
    bool bulk() const {
        const auto precedence = field("Precedence");
        return equal(precedence, "bulk") || equal(precedence, "junk") ||
               equal(precedence, "list") || has("List-Unsubscribe");
    }
    bool list() const { return has("List-Id") || has("List-Post"); }
    /// RFC 3464; a null return path says the same of programs that do not write such reports.
    bool bounce() const { return report("delivery-status") || field("Return-Path") == "<>"; }
    bool receipt() const { return report("disposition-notification"); }
    bool invite() const { return part("text/calendar") || part("application/ics"); }
    bool is_signed() const {
        return type_.value == "multipart/signed" || part("application/pkcs7-signature") ||
               part("application/pgp-signature") || smime("signed-data");
    }
    bool encrypted() const {
        return type_.value == "multipart/encrypted" || part("application/pgp-encrypted") ||
               smime("enveloped-data") || part("application/x-microsoft-rpmsg-message");
    }

private:
    std::string_view field(std::string_view name) const {
        return trim(field_value(message_.headers, name));
    }
    bool has(std::string_view name) const {
        return find_field(message_.headers, name) != nullptr;
    }
    bool part(std::string_view type) const {
        return std::ranges::find(message_.attachments, type, [](const Attachment& one) {
                   return std::string_view(one.content_type);
               }) != message_.attachments.end();
    }
    bool report(std::string_view kind) const {
        return part(std::string("message/") + std::string(kind)) ||
               (type_.value == "multipart/report" && type_.find("report-type") == kind);
    }
    /// RFC 8551 §3.2.2; opaque signing and encryption share one type.
    bool smime(std::string_view kind) const {
        const bool type =
            type_.value == "application/pkcs7-mime" || type_.value == "application/x-pkcs7-mime";
        return type && equal(type_.find("smime-type").value_or("enveloped-data"), kind);
    }

    const Message& message_;
    ParameterValue type_;
};

}  // namespace

std::vector<std::string> mail_traits(const Message& message) {
    const Traits traits(message);
    std::vector<std::string> result;
    if (traits.auto_reply()) result.emplace_back("auto-reply");
    if (traits.bulk()) result.emplace_back("bulk");
    if (traits.list()) result.emplace_back("list");
    if (traits.bounce()) result.emplace_back("bounce");
    if (traits.invite()) result.emplace_back("invite");
    if (traits.receipt()) result.emplace_back("receipt");
    if (traits.is_signed()) result.emplace_back("signed");
    if (traits.encrypted()) result.emplace_back("encrypted");
    return result;
}

}  // namespace mime
