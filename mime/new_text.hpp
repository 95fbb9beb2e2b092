// What the writer of a mail wrote himself: without the quoted mails before it and without his
// signature. Works on text as people see it, since most replies have no other structure; where the
// mail has only HTML its quotations are marked first. Where it cannot tell, it keeps: the whole
// text is stored beside. Used for what is filed in the CRM.
//
// A forwarded mail is quotation as well where something was written above it; where nothing was, it
// is what the mail says and all of it stays.
#pragma once

#include <string>
#include <string_view>

namespace mime {

struct NewText {
    std::string text;
    bool quote_cut = false;
    bool signature_cut = false;
    bool operator==(const NewText&) const = default;
};

/// `text` is UTF-8 with line feeds. Beyond limits::new_text the rest is left out.
NewText new_text(std::string_view text);

/// The same of a mail that has only HTML, UTF-8; limits::new_text bounds the HTML.
NewText new_text_of_html(std::string_view html);

}  // namespace mime
