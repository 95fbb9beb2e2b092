// Any text may hold encoded words and parameters: decoding it ends in valid UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mime/charset.hpp"
#include "mime/encoded_word.hpp"
#include "mime/parameter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (!mime::is_utf8(mime::decode_words(text))) std::abort();
    for (const auto& [name, value] : mime::read_parameters(text).parameters)
        if (!mime::is_utf8(value)) std::abort();
    return 0;
}
