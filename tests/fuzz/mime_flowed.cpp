// Undoing format=flowed moves line breaks, blanks and quote marks; no other byte comes, goes or
// changes place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mime/flowed.hpp"

namespace {

std::string others(std::string_view text) {
    std::string result;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '>') result += c;
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const bool delete_space : {false, true})
        if (others(mime::unflow(text, delete_space)) != others(text)) std::abort();
    return 0;
}
