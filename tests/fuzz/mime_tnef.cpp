// Any bytes are a winmail.dat: reading it ends, files lie within it, and what it says is UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string_view>

#include "mime/charset.hpp"
#include "mime/limits.hpp"
#include "mime/rtf_text.hpp"
#include "mime/tnef.hpp"

namespace {

void require(bool what) {
    if (!what) std::abort();
}

void require_utf8(const std::optional<std::string>& text) {
    require(!text || (!text->empty() && mime::is_utf8(*text)));
}

void check(const mime::Tnef& tnef, std::string_view within, std::size_t depth) {
    require(depth <= mime::limits::tnef_depth && tnef.files.size() <= mime::limits::parts);
    for (const auto* text : {&tnef.subject, &tnef.text, &tnef.html}) require_utf8(*text);
    for (const auto& problem : tnef.problems) require_utf8(problem);
    require(!tnef.rtf || tnef.rtf->size() <= mime::limits::rtf);
    const std::less_equal<const char*> before;
    for (const auto& file : tnef.files) {
        require_utf8(file.filename);
        require_utf8(file.content_type);
        require_utf8(file.content_id);
        const auto* const end = file.bytes.data() + file.bytes.size();
        require(
            file.bytes.empty() ||
            (before(within.data(), file.bytes.data()) && before(end, within.data() + within.size()))
        );
        for (const auto& message : file.message) check(message, file.bytes, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(mime::read_tnef(bytes), bytes, 0);
    require(mime::is_utf8(mime::read_rtf(bytes).text));
    return 0;
}
