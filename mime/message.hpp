// What a mail says, decoded: the value that everything above mime/ works with. Plain structs, no
// behaviour; a field that could not be read is empty and the reason stands in `problems`.
// Used by rules/mail_view (what the rules see) and by `mailferry parse`.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

/// One mailbox of an address list (RFC 5322 §3.4). All strings are valid UTF-8, not normalised.
struct Mailbox {
    std::string name;  ///< decoded display name, or the comment of `addr (Full Name)`; "" if none
    std::string address;  ///< addr-spec as written, domain in lower case
    bool operator==(const Mailbox&) const = default;
};

/// Something odd in the input that did not stop the reading.
struct Problem {
    std::string where;  ///< "header Subject", "part 1.2", "message"
    std::string what;
    bool operator==(const Problem&) const = default;
};

/// A header field as it stands: unfolded, not decoded (RFC 5322 §2.2).
struct HeaderField {
    std::string name;
    std::string value;
    bool operator==(const HeaderField&) const = default;
};

/// Content-Transfer-Encoding (RFC 2045 §6); `identity` stands for 7bit, 8bit, binary and unknown.
enum class TransferEncoding { identity, base64, quoted_printable };

/// A leaf of the MIME tree that is not a text body, or what mime/contents.hpp finds within one.
/// `raw` is a view into the parsed bytes (see Message) or those of `owner`; decode it with
/// mime/attachment.hpp.
struct Attachment {
    std::optional<std::string> filename;    ///< decoded; RFC 2231, RFC 2047 and raw forms
    std::string content_type;               ///< "application/pdf", lower case
    bool is_inline = false;                 ///< Content-Disposition: inline, or a cid: picture
    std::optional<std::string> content_id;  ///< without angle brackets
    std::string part;      ///< "1.2": the place in the tree; "1.2/3" what is within it
    std::string_view raw;  ///< still transfer-encoded
    TransferEncoding encoding = TransferEncoding::identity;
    std::shared_ptr<const std::string> owner = nullptr;  ///< keeps `raw`; the mail's own have none
    bool is_body = false;  ///< the text of a container, no file that somebody attached
    std::vector<Attachment> contains = {};  ///< of a mail that lies within a container
};

/// A mail. `attachments` and `unsplit` are views into the bytes that were parsed, which must
/// outlive them.
struct Message {
    std::vector<HeaderField> headers;  ///< in order, as they stand
    std::vector<Mailbox> from, sender, reply_to, to, cc, bcc;
    std::string subject;                               ///< decoded, unfolded
    std::optional<std::chrono::sys_seconds> date;      ///< UTC; nothing if unreadable, never "now"
    std::string message_id;                            ///< "<…>" as written, "" if there is none
    std::vector<std::string> in_reply_to, references;  ///< each "<…>"
    std::optional<std::string> text, html;             ///< inline leaves of the type, joined by LF
    std::vector<Attachment> attachments;
    /// Of a multipart whose boundary is missing or wrong: all of it, as it stands. Neither text nor
    /// attachment; a view like theirs.
    std::string_view unsplit;
    std::vector<Problem> problems;
};

}  // namespace mime
