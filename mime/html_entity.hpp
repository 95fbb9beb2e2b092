// Names of characters in HTML, those of HTML 4 by libxml2 and, of the 2,000 newer ones, those that
// mails use or that could hide a scheme ("javascript&colon;"). Used by html_reference.
#pragma once

#include <cstdint>
#include <string_view>

namespace mime {

/// Of "auml", without the signs around; 0 for a name that nobody knows.
std::uint32_t html_entity(std::string_view name);

}  // namespace mime
