// What an attachment holds that is a container of its own: the files and the body of a winmail.dat,
// the mail within an opaque S/MIME signature. Separate from parse, which opens no attachment. Used
// by `mailferry parse` ("contains") and by body_text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.hpp"

namespace mime {

/// A file or a body within an attachment, decoded.
struct Content {
    std::optional<std::string> filename;
    std::string content_type;  ///< of a body "text/plain" or "text/html" (UTF-8), "text/rtf"
    std::optional<std::string> content_id;
    bool is_inline = false;
    std::string_view bytes;                    ///< kept alive by `owner`
    std::shared_ptr<const std::string> owner;  ///< shared by what came out of one container
    std::vector<Content> contains;             ///< of a mail that is attached there
};

struct Contents {
    std::vector<Content> parts;         ///< bodies first
    std::vector<std::string> problems;  ///< what did not stop the reading
};

/// Empty for an attachment that is no container.
Contents contents(const Attachment& attachment);

}  // namespace mime
