// HTML of a mail with every quotation put as one line ">", as new_text knows it from plain text:
// with what only the classes and ids of mail programs tell. Reads tags, not a tree: linear,
// whatever is nested in what. Used by new_text_of_html alone.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// Stands where Outlook begins the mail that was answered or forwarded.
inline constexpr std::string_view original_message_line = "-----Original Message-----";

struct MarkedHtml {
    std::string html;  ///< without what was quoted, and without signatures
    bool signature = false;
    bool boundary = false;  ///< original_message_line was put in
};

/// Knows Gmail, Apple Mail, Thunderbird, Outlook, Yahoo, Proton and GMX by their classes and ids. A
/// blockquote of none of these is a quotation where an attribution stands above it or begins it,
/// and a <div> elsewhere.
MarkedHtml mark_html_quotes(std::string_view html);

}  // namespace mime
