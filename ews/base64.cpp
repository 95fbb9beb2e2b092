#include "ews/base64.hpp"

#include <array>
#include <cstdint>

namespace ews {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t skipped = 64, padding = 65, wrong = 66;

constexpr std::array<std::uint8_t, 256> make_values() {
    std::array<std::uint8_t, 256> values{};
    for (auto& value : values) value = wrong;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    for (const char c : {' ', '\t', '\r', '\n'}) values[static_cast<unsigned char>(c)] = skipped;
    values[static_cast<unsigned char>('=')] = padding;
    return values;
}
constexpr auto values = make_values();

/// Four digits, which is what nearly all of it is; false, and nothing done, where one is none.
bool put_plain(const char* text, char*& to) {
    const auto value = [text](std::size_t at) -> std::uint32_t {
        return values[static_cast<unsigned char>(text[at])];
    };
    const std::uint32_t a = value(0), b = value(1), c = value(2), d = value(3);
    if ((a | b | c | d) >= skipped) return false;
    const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    *to++ = static_cast<char>(group >> 16 & 0xFF);
    *to++ = static_cast<char>(group >> 8 & 0xFF);
    *to++ = static_cast<char>(group & 0xFF);
    return true;
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::size_t here = at + i;
            group =
                group << 8 | (here < bytes.size() ? static_cast<unsigned char>(bytes[here]) : 0);
        }
        const std::size_t left = bytes.size() - at;
        text += alphabet[group >> 18 & 63];
        text += alphabet[group >> 12 & 63];
        text += left > 1 ? alphabet[group >> 6 & 63] : '=';
        text += left > 2 ? alphabet[group & 63] : '=';
    }
    return text;
}

bool Base64Decoder::feed(std::string_view text, std::string& bytes) {
    const std::size_t before = bytes.size();
    bytes.resize(before + text.size() / 4 * 3 + 3);
    char* to = bytes.data() + before;
    for (std::size_t at = 0; at < text.size(); ++at) {
        while (digits_ == 0 && !ended_ && text.size() - at > 4 && put_plain(text.data() + at, to))
            at += 4;
        const std::uint8_t value = values[static_cast<unsigned char>(text[at])];
        if (value == skipped) continue;
        if (value == padding) {
            ended_ = true;
            continue;
        }
        wrong_ = wrong_ || value == wrong || ended_;
        if (wrong_) break;
        group_ = group_ << 6 | value;
        if (++digits_ < 4) continue;
        *to++ = static_cast<char>(group_ >> 16 & 0xFF);
        *to++ = static_cast<char>(group_ >> 8 & 0xFF);
        *to++ = static_cast<char>(group_ & 0xFF);
        group_ = digits_ = 0;
    }
    bytes.resize(static_cast<std::size_t>(to - bytes.data()));
    return !wrong_;
}

bool Base64Decoder::end(std::string& bytes) {
    if (wrong_ || digits_ == 1) return false;
    if (digits_ >= 2)
        bytes += static_cast<char>((digits_ == 2 ? group_ >> 4 : group_ >> 10) & 0xFF);
    if (digits_ == 3) bytes += static_cast<char>(group_ >> 2 & 0xFF);
    return true;
}

std::optional<std::string> decode_base64(std::string_view text) {
    Base64Decoder decoder;
    std::string bytes;
    if (!decoder.feed(text, bytes) || !decoder.end(bytes)) return std::nullopt;
    return bytes;
}

}  // namespace ews
