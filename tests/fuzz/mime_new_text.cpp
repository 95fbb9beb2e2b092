// Any text has a new part, as text and as HTML: finding it ends, it is valid UTF-8, and of plain
// text it is a part: a few line breaks apart, nothing is added.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mime/charset.hpp"
#include "mime/new_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = mime::guess_utf8({reinterpret_cast<const char*>(data), size});
    const auto found = mime::new_text(text);
    if (!mime::is_utf8(found.text)) std::abort();
    auto at = text.begin();
    for (const char c : found.text) {
        if (c == '\n') continue;
        at = std::find(at, text.end(), c);
        if (at == text.end()) std::abort();
        ++at;
    }
    if (!mime::is_utf8(mime::new_text_of_html(text).text)) std::abort();
    return 0;
}
