// Line breaks of all systems to line feeds, as every text above mime/ has them. Used by
// read_message, body_text and tnef.
#pragma once

#include <string>

namespace mime {

/// CRLF and a CR alone become LF, in place; so does CR CR LF, which gateways make of CRLF.
void with_line_feeds(std::string& text);

}  // namespace mime
