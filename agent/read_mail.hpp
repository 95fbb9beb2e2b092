// Bytes of a mail -> all that the agent needs of it, kept together so that views stay valid.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mime/message.hpp"
#include "rules/mail.hpp"
#include "rules/mail_view.hpp"

namespace agent {

/// A mail that has been read. `message` points into `bytes`; both live together.
struct ReadMail {
    std::shared_ptr<const std::string> bytes;
    mime::Message message;
    std::vector<mime::Attachment> files;  ///< mime::files_of the message, as `mail` counts them
    rules::Mail mail;
};

/// Total: what is no mail gives a ReadMail without addressees, and message.problems say why.
ReadMail read_mail(std::string bytes, const rules::ItemProperties& item);

}  // namespace agent
