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

std::optional<std::string> decode_base64(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t group = 0;
    unsigned digits = 0;
    bool ended = false;
    for (const char c : text) {
        const std::uint8_t value = values[static_cast<unsigned char>(c)];
        if (value == skipped) continue;
        if (value == padding) {
            ended = true;
            continue;
        }
        if (value == wrong || ended) return std::nullopt;
        group = group << 6 | value;
        if (++digits < 4) continue;
        bytes += static_cast<char>(group >> 16 & 0xFF);
        bytes += static_cast<char>(group >> 8 & 0xFF);
        bytes += static_cast<char>(group & 0xFF);
        group = digits = 0;
    }
    if (digits == 1) return std::nullopt;
    if (digits >= 2) bytes += static_cast<char>((digits == 2 ? group >> 4 : group >> 10) & 0xFF);
    if (digits == 3) bytes += static_cast<char>(group >> 2 & 0xFF);
    return bytes;
}

}  // namespace ews
