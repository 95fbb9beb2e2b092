// Paragraphs out of text/plain; format=flowed (RFC 3676), where each line that ends in a blank goes
// on in the next. Used by read_message, so that nobody above sees where a program broke the lines.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// `text` has line feeds as line breaks. `delete_space`: the parameter delsp=yes (§4.2). Quotes
/// keep their marks and the blank behind them, where they have one; other space-stuffing (§4.4) is
/// undone; the line "-- " of a signature (§4.3) stays.
std::string unflow(std::string_view text, bool delete_space);

}  // namespace mime
