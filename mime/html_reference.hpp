// Characters of HTML written as references: &auml; &#228; &#xE4;. Names are those of HTML 4, which
// libxml2 knows, and those of HTML 5 that mails use or that could hide a scheme
// ("javascript&colon;"). Used by strip_html, so that everything behind it sees characters and
// nothing is decoded twice, and by safe_html, which writes them.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// `source` is UTF-8. Control characters vanish but for tab and line feed; CR and CR LF become LF,
/// a form feed a blank.
std::string decode_html(std::string_view source, bool of_attribute);

/// `text` as HTML, or as the value of an attribute in double quotes: & < > " and ` are references
/// (old browsers take a value in backticks for a quoted one).
std::string escape_html(std::string_view text);

}  // namespace mime
