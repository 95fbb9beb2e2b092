// PidTagRtfCompressed to RTF (MS-OXRTFCP): how Outlook packs the body of a "rich text" mail.
// Separate because it knows neither TNEF nor RTF. Used by tnef.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

struct DecompressedRtf {
    std::string rtf;                    ///< bytes, as far as they could be read
    std::vector<std::string> problems;  ///< why `rtf` may not be what was written
};

/// At most `most` bytes; compressed bytes become nine times as many at worst.
DecompressedRtf decompress_rtf(std::string_view bytes, std::size_t most);

}  // namespace mime
