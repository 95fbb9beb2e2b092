// ISO/IEC 8859-16 (Latin 10: Romanian and its neighbours), which ICU does not have. Used by
// charset.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// To UTF-8; total, for every byte has a meaning
/// (https://www.unicode.org/Public/MAPPINGS/ISO8859/8859-16.TXT).
std::string from_iso_8859_16(std::string_view bytes);

}  // namespace mime
