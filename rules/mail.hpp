// What the rules see of a mail: addressees, texts, attachments, where it lies. Made by
// rules/mail_view from a mime::Message and the item's properties; a plain value, so a scenario can
// write one down.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mime/mail_traits.hpp"
#include "rules/vocabulary.hpp"

namespace rules {

enum class Position { from, reply_to, to, cc, bcc };
std::string_view to_text(Position position);  ///< "from", "reply-to", …

struct Addressee {
    std::string address;  ///< as written, for display and for new records
    std::string key;      ///< mime::comparable_address: what look-ups use
    std::string domain;   ///< registrable domain, what account look-ups use
    std::string name;     ///< decoded display name, may be ""
    Position position = Position::to;
    bool operator==(const Addressee&) const = default;
};

struct MailAttachment {
    std::optional<std::string> filename;
    std::string content_type;
    std::size_t size = 0;  ///< decoded bytes
    bool is_inline = false;
    std::size_t errors = 0;  ///< in its transfer encoding
    bool operator==(const MailAttachment&) const = default;
};

enum class Direction { received, sent };

/// The mailbox a mail lies in. `addresses` are comparable; the first is the primary one.
struct Owner {
    std::vector<std::string> addresses;
    bool operator==(const Owner&) const = default;
};

struct Mail {
    std::string fingerprint;  ///< mime::fingerprint: the same for every copy of the mail
    std::string message_id;
    std::string thread;  ///< Message-ID that its conversation begins with; "" if none
    std::string subject;
    std::string text;  ///< plain text body, "" if none
    std::optional<std::string> html;
    std::optional<std::chrono::sys_seconds> date;
    std::vector<Addressee> addressees;  ///< in header order: From, Reply-To, To, Cc, Bcc
    std::vector<MailAttachment> attachments;
    std::vector<mime::Trait> traits;      ///< mime::mail_traits: "bounce", "invite" …
    std::vector<std::string> categories;  ///< of the item, as the user sees them
    bool is_copy = false;  ///< in a drop folder: its user copied it, and the original lies elsewhere
    Direction direction = Direction::received;  ///< sent: From is the owner of the mailbox
    Owner owner;
    Role role;
    bool operator==(const Mail&) const = default;
};

}  // namespace rules
