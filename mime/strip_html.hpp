// HTML reduced to what makes text: no attributes, comments, scripts and styles. Keeps from libxml2
// what it is quadratic in (30,000 attributes of one element take it four seconds). Used by
// body_text.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// Linear; tags are in lower case, a '<' that opens none is escaped.
std::string strip_html(std::string_view html);

}  // namespace mime
