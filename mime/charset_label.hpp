// What the label of a charset is taken to mean: senders write it in many ways, and some put more
// under it than its registration allows. Separate from charset, which converts and alone uses it.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// `ISO-8859-1 (comment)`, `'utf-8'` and the like to the label alone, in lower case.
std::string bare_label(std::string_view label);

/// The charset that a bare label means, by a name that ICU knows where it knows the charset; "" for
/// a label that says there is no knowing ("unknown-8bit"). As browsers do it
/// (https://encoding.spec.whatwg.org/#names-and-labels), but US-ASCII remains what it is.
std::string charset_of(std::string_view bare_label);

}  // namespace mime
