// Any bytes are HTML: their text and their safe HTML are valid UTF-8 within the bounds, and what is
// safe goes through again unchanged, with no script and nothing that was not closed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/html_text.hpp"
#include "mime/limits.hpp"
#include "mime/safe_html.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view html(reinterpret_cast<const char*>(data), size);
    if (!mime::is_utf8(mime::html_to_text(html))) std::abort();
    for (const bool external : {false, true}) {
        const auto safe = mime::safe_html(html, {external}).html;
        if (!mime::is_utf8(safe) || safe.size() > mime::limits::html) std::abort();
        if (mime::safe_html(safe, {external}).html != safe) std::abort();
        const auto small = mime::lower(safe);
        for (const auto* tag : {"<script", "<style", "<svg", "<iframe", "<!", "<?", " on", "url("})
            for (auto at = small.find(tag); at != small.npos; at = small.find(tag, at + 1)) {
                const auto open = small.rfind('<', at);
                const auto close = small.rfind('>', at);
                const bool within = open != small.npos && (close == small.npos || close < open);
                const auto quotes = within ? std::count(
                                                 small.begin() + static_cast<std::ptrdiff_t>(open),
                                                 small.begin() + static_cast<std::ptrdiff_t>(at),
                                                 '"'
                                             )
                                           : 0;
                if (within && quotes % 2 == 0) std::abort();
            }
        if (std::ranges::count(safe, '<') != std::ranges::count(safe, '>')) std::abort();
    }
    return 0;
}
