#include "mime/mixed_text.hpp"

#include <utility>

#include "mime/code_page.hpp"
#include "mime/limits.hpp"

namespace mime {

void MixedText::bytes(std::string_view some, unsigned code_page) {
    if (some.empty()) return;
    if (code_page != pending_code_page_ || high_) flush();
    pending_code_page_ = code_page;
    pending_ += some;
}

void MixedText::unit(unsigned utf16) {
    const bool is_high = utf16 >= 0xD800 && utf16 < 0xDC00;
    const bool is_low = utf16 >= 0xDC00 && utf16 < 0xE000;
    if (is_low && high_) {
        const auto high = *std::exchange(high_, std::nullopt);
        const auto code = 0x10000U + ((high - 0xD800U) << 10U) + (utf16 - 0xDC00U);
        return append_utf8(result_.text, code);
    }
    flush();
    if (is_high)
        high_ = utf16;
    else
        append_utf8(result_.text, utf16 & 0xFFFFU);
}

void MixedText::text(std::string_view utf8) {
    flush();
    result_.text += utf8;
}

Decoded MixedText::finish() {
    flush();
    const auto most = whole_characters(result_.text, limits::text).size();
    result_.cut |= most < result_.text.size();
    result_.text.resize(most);
    return std::exchange(result_, {});
}

void MixedText::flush() {
    if (std::exchange(high_, std::nullopt)) result_.text += "\uFFFD";
    if (pending_.empty()) return;
    auto decoded = to_utf8(pending_, charset_of_code_page(pending_code_page_));
    result_.text += decoded.text;
    result_.replaced += decoded.replaced;
    result_.cut |= decoded.cut;
    if (result_.problem.empty()) result_.problem = std::move(decoded.problem);
    pending_.clear();
}

}  // namespace mime
