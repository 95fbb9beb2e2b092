// Windows' numbers for charsets, as TNEF and RTF name them. Used by tnef, mapi_values, rtf_text and
// mixed_text.
#pragma once

#include <string>

namespace mime {

/// The label by which charset.hpp knows a code page; "" for 0 and for an unknown number.
std::string charset_of_code_page(unsigned code_page);

/// The code page of a font's \fcharsetN; 0 where it means the document's.
unsigned code_page_of_font(int charset);

}  // namespace mime
