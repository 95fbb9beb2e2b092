#include "crm/excess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "crm/limits.hpp"

namespace crm {
namespace {

Error refused(std::string text) {
    return {errc::refused, std::move(text), std::nullopt};
}

std::optional<std::string_view> too_much(const NewMail& mail) {
    const auto any_large = [](const MailAttachment& attachment) {
        return attachment.content.size() > limits::blob ||
               attachment.filename.size() > limits::text ||
               attachment.content_type.size() > limits::text;
    };
    const auto any_long = [](const MailAddress& address) {
        return address.name.size() > limits::text || address.address.size() > limits::text;
    };
    if (mail.key.empty() || mail.key.size() > limits::key) return "its key is missing or too long";
    if (mail.subject.size() > limits::text) return "the subject is too long";
    if (mail.message_id.size() > limits::text) return "the Message-ID is too long";
    if (mail.text.size() > limits::body) return "the text is too long";
    if (mail.new_text.size() > limits::body) return "the new text is too long";
    if (mail.html && mail.html->size() > limits::body) return "the HTML text is too long";
    if (mail.original && mail.original->size() > limits::blob) return "it is too large";
    if (mail.addresses.size() > limits::addresses) return "it has too many addresses";
    if (mail.attachments.size() > limits::attachments) return "it has too many attachments";
    if (mail.links.size() > limits::links) return "it has too many links";
    if (std::ranges::any_of(mail.attachments, any_large)) return "an attachment is too large";
    if (std::ranges::any_of(mail.addresses, any_long)) return "an address is too long";
    return std::nullopt;
}

}  // namespace

std::optional<Error> excess(const NewRecord& record) {
    if (record.key.empty()) return refused("a record without a key of idempotency");
    if (record.key.size() > limits::key) return refused("the key of a record is too long");
    if (record.name.size() > limits::text) {
        return refused(fmt::format("the name of a {} is too long", rules::to_text(record.kind)));
    }
    for (const auto& [name, value] : record.fields) {
        if (name.size() > limits::text || value.size() > limits::body) {
            return refused(fmt::format("field \"{:.100}\" is too long", name));
        }
    }
    return std::nullopt;
}

std::optional<Error> excess(const NewMail& mail) {
    const auto what = too_much(mail);
    if (!what) return std::nullopt;
    return refused(fmt::format("the mail \"{:.80}\" cannot be archived: {}", mail.subject, *what));
}

}  // namespace crm
