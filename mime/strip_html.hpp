// HTML as it stands in mails, made into one that every parser reads alike: elements and attributes
// of html_markup.hpp only, each closed where browsers close it, nothing deeper and more than the
// limits, all references resolved. libxml2 alone would nest by the rules of HTML 4 (a table closes
// a link), stop at 256 levels, and be quadratic in attributes and open elements. Used by html_tree.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// Goes before the name of every element: libxml2 has rules for names that it knows.
inline constexpr std::string_view stripped_prefix = "x-";

/// Linear. `html` is valid UTF-8. Links that clean_link refuses are gone, their text is kept.
std::string strip_html(std::string_view html);

}  // namespace mime
