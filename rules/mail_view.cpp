#include "rules/mail_view.hpp"

#include <algorithm>

#include "mime/attachment.hpp"
#include "mime/body_text.hpp"
#include "mime/domain.hpp"
#include "mime/fingerprint.hpp"

namespace rules {

std::string_view to_text(Position position) {
    switch (position) {
        case Position::from:
            return "from";
        case Position::reply_to:
            return "reply-to";
        case Position::to:
            return "to";
        case Position::cc:
            return "cc";
        case Position::bcc:
            return "bcc";
    }
    return "";
}

namespace {

void append(
    std::vector<Addressee>& addressees,
    const std::vector<mime::Mailbox>& mailboxes,
    Position position
) {
    for (const auto& mailbox : mailboxes) {
        auto key = mime::comparable_address(mailbox.address);
        auto domain = mime::registrable_domain(mime::domain_of(key));
        addressees.push_back(
            {mailbox.address, std::move(key), std::move(domain), mailbox.name, position}
        );
    }
}

Direction direction(const std::vector<Addressee>& addressees, const Owner& owner) {
    const bool sent = std::ranges::any_of(addressees, [&](const Addressee& addressee) {
        return addressee.position == Position::from &&
               std::ranges::find(owner.addresses, addressee.key) != owner.addresses.end();
    });
    return sent ? Direction::sent : Direction::received;
}

/// RFC 5322 §3.6.4: References names the whole conversation, its beginning first.
std::string thread_of(const mime::Message& message) {
    if (!message.references.empty()) return message.references.front();
    if (!message.in_reply_to.empty()) return message.in_reply_to.front();
    return message.message_id;
}

}  // namespace

Mail mail_view(
    const mime::Message& message,
    const std::vector<mime::Attachment>& files,
    const ItemProperties& item
) {
    Mail mail;
    mail.fingerprint = mime::fingerprint(message);
    mail.message_id = message.message_id;
    mail.thread = thread_of(message);
    mail.subject = message.subject;
    mail.text = mime::body_text(message).text;
    mail.html = message.html;
    mail.date = message.date;
    append(mail.addressees, message.from, Position::from);
    append(mail.addressees, message.reply_to, Position::reply_to);
    append(mail.addressees, message.to, Position::to);
    append(mail.addressees, message.cc, Position::cc);
    append(mail.addressees, message.bcc, Position::bcc);
    for (const auto& part : files) {
        // Length of the encoding is no measure: base64 is a third longer than what it carries.
        const auto [bytes, errors] = mime::decode(part, [](std::string_view) {});
        mail.attachments.push_back(
            {part.filename, part.content_type, bytes, part.is_inline, errors}
        );
    }
    mail.traits = mime::mail_traits(message);
    mail.categories = item.categories;
    mail.owner = item.owner;
    for (auto& address : mail.owner.addresses) address = mime::comparable_address(address);
    mail.direction = direction(mail.addressees, mail.owner);
    mail.role = item.role;
    return mail;
}

}  // namespace rules
