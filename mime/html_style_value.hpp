// The value of a CSS declaration, where it is plain: words, numbers, strings and colours. It reads
// the same in every parser, which is why nothing else may stay. Used by html_style.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// Written anew, with single blanks and quotes; "" for any other function than colours, an escape,
/// a negative number, a sign that could end the value.
std::string plain_style_value(std::string_view source);

}  // namespace mime
