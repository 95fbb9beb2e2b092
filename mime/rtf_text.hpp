// What an RTF body says: the HTML it was made from, where it carries it (MS-OXRTFEX), else plain
// text. Formatting is not looked at. Used by tnef.
#pragma once

#include <string>
#include <string_view>

namespace mime {

struct RtfText {
    std::string text;      ///< valid UTF-8, line feeds as line breaks
    bool is_html = false;  ///< `text` is the HTML
    std::string problem;   ///< why `text` may not be what was meant; "" where it is
};

RtfText read_rtf(std::string_view rtf);

}  // namespace mime
