// Any bytes are a field with parameters: names in lower case and known once, values valid UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/limits.hpp"
#include "mime/parameter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto field =
        mime::read_parameters(std::string_view(reinterpret_cast<const char*>(data), size));
    if (field.parameters.size() > mime::limits::parameters) std::abort();
    std::set<std::string_view> names;
    for (const auto& [name, value] : field.parameters) {
        if (mime::lower(name) != name || !names.insert(name).second) std::abort();
        if (!mime::is_utf8(value)) std::abort();
    }
    return 0;
}
