// Bytes of a mail -> all that the agent needs of it, kept together so that views stay valid.
#pragma once

#include <vector>

#include "agent/mail_bytes.hpp"
#include "agent/server_words.hpp"
#include "mime/message.hpp"
#include "rules/mail.hpp"
#include "rules/mail_view.hpp"

namespace agent {

/// A mail that has been read. `message` points into `bytes`; both live together.
struct ReadMail {
    MailBytes bytes;
    mime::Message message;
    std::vector<mime::Attachment> files;  ///< mime::files_of the message, as `mail` counts them
    rules::Mail mail;
};

/// Total: what is no mail gives a ReadMail without addressees, and message.problems say why. The
/// fingerprint is that of the bytes, whatever the server knows of addresses today.
ReadMail read_mail(
    MailBytes bytes, const rules::ItemProperties& item, const ServerWords& words = {}
);

}  // namespace agent
