#include "mime/mixed_text.hpp"

#include <utility>

#include "mime/code_page.hpp"

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
        return code_point(0x10000U + ((high - 0xD800U) << 10U) + (utf16 - 0xDC00U));
    }
    flush();
    if (is_high)
        high_ = utf16;
    else
        code_point(is_low ? 0xFFFDU : utf16 & 0xFFFFU);
}

void MixedText::text(std::string_view utf8) {
    flush();
    result_.text += utf8;
}

Decoded MixedText::finish() {
    flush();
    return std::exchange(result_, {});
}

void MixedText::flush() {
    if (std::exchange(high_, std::nullopt)) result_.text += "\uFFFD";
    if (pending_.empty()) return;
    auto decoded = to_utf8(pending_, charset_of_code_page(pending_code_page_));
    result_.text += decoded.text;
    result_.replaced += decoded.replaced;
    if (result_.problem.empty()) result_.problem = std::move(decoded.problem);
    pending_.clear();
}

void MixedText::code_point(unsigned code) {
    auto& text = result_.text;
    const auto tail = [&](unsigned shift) {
        text += static_cast<char>(0x80U | (code >> shift & 0x3FU));
    };
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0U | code >> 6U);
        tail(0);
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0U | code >> 12U);
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0U | code >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace mime
