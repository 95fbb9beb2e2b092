// Text out of HTML, for mails that have no plain text: what a reader would see, in paragraphs, with
// the addresses behind links. libxml2's HTML parser, which reads anything; never touches the
// network. Used by body_text, new_text and mark_html_quotes.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// `html` is UTF-8, whatever its <meta> says. Beyond limits::html the rest is left out.
/// Lists have "- " and "1. ", cells of a table a tab, a <blockquote> "> ", <hr> a line of hyphens.
std::string html_to_text(std::string_view html);

}  // namespace mime
