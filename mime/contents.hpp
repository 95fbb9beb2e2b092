// What an attachment holds that is a container of its own: the files and the body of a winmail.dat,
// the mail within an opaque S/MIME signature. Separate from parse, which opens no attachment. Used
// by `mailferry parse` ("contains"), by body_text, and by whoever stores the files of a mail.
#pragma once

#include <string>
#include <vector>

#include "mime/message.hpp"

namespace mime {

struct Contents {
    /// Bodies first: "text/plain" and "text/html" in UTF-8, "text/rtf".
    std::vector<Attachment> parts;
    std::vector<std::string> problems;  ///< what did not stop the reading
};

/// Empty for an attachment that is no container. Nothing within is opened further, but mails that a
/// winmail.dat has attached.
Contents contents(const Attachment& attachment);

struct Files {
    std::vector<Attachment> files;
    std::vector<Problem> problems;  ///< of the containers
};

/// The files that a mail brings, as its reader would count them: where an attachment is a
/// container, what is in it, at any depth, in its stead. Under their base names; inline only what
/// the HTML shows, whatever else is declared.
Files files_of(const Message& message);

}  // namespace mime
