// Makes XML out of what Exchange sends: it writes characters that XML 1.0 forbids, as bytes and as
// references, and now and then broken UTF-8. Runs before every parse; and on our own texts before
// they are sent.
#pragma once

#include <string>
#include <string_view>

namespace ews {

/// Drops forbidden characters and references to them, joins surrogate references, replaces bytes
/// that are no UTF-8 by U+FFFD. Costs one pass and no copy where nothing is wrong.
std::string clean_reply(std::string bytes);

/// The same for text of our own; references are ordinary text here.
std::string clean_text(std::string_view text);

}  // namespace ews
