// Text out of HTML, for mails that have no plain text: what a reader would see, in paragraphs.
// libxml2's HTML parser, which reads anything; never touches the network. Used by read_message.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// `html` is UTF-8, whatever its <meta> says. Beyond limits::html the rest is left out.
std::string html_to_text(std::string_view html);

}  // namespace mime
