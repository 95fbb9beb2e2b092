// The text of a mail as a person would read it, wherever it stands: the text part; where there is
// none, what its HTML shows; where neither is, that of a winmail.dat or an opaque signature, or
// what can be made of a multipart that could not be split. Separate from parse, which does not pay
// for it. Used by rules/mail_view, the fingerprint, the archive and `mailferry parse`.
#pragma once

#include <string>

#include "mime/message.hpp"
#include "mime/new_text.hpp"

namespace mime {

struct BodyText {
    std::string text;        ///< UTF-8, line feeds; "" where the mail has no text at all
    bool from_html = false;  ///< made by html_to_text
    bool operator==(const BodyText&) const = default;
};

BodyText body_text(const Message& message);

/// What of it is new: neither quoted nor signature. Of HTML it is found by the HTML.
NewText new_text_of(const Message& message);

}  // namespace mime
