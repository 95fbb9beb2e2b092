#include "mime/html_reference.hpp"

#include <cstdint>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/html_entity.hpp"

namespace mime {
namespace {

constexpr std::size_t longest_name = 20;
constexpr std::uint32_t replacement = 0xFFFD;

class Decoder {
public:
    Decoder(std::string_view source, bool of_attribute)
        : source_(source), of_attribute_(of_attribute) {}

    std::string run() {
        result_.reserve(source_.size());
        while (at_ < source_.size()) {
            const char c = source_[at_];
            if (c == '&' && reference()) continue;
            if (c == '\r') {
                if (source_.substr(at_ + 1, 1) != "\n") result_ += '\n';
            } else {
                put(static_cast<unsigned char>(c));
            }
            ++at_;
        }
        return std::move(result_);
    }

private:
    /// A byte of the source.
    void put(unsigned char byte) {
        if (byte >= 0x20 ? byte != 0x7F : byte == '\t' || byte == '\n')
            result_ += static_cast<char>(byte);
        else if (byte == '\f')
            result_ += ' ';
    }

    bool reference() {
        if (source_.substr(at_ + 1, 1) == "#") return numeric();
        auto end = at_ + 1;
        while (end < source_.size() && end - at_ <= longest_name &&
               (is_letter(source_[end]) || is_digit(source_[end])))
            ++end;
        const char next = end < source_.size() ? source_[end] : ' ';
        const auto name = source_.substr(at_ + 1, end - at_ - 1);
        const auto character = name.empty() ? 0 : html_entity(name);
        // Those of Latin-1, and the syntax itself, need no semicolon; "?a=1&copy=2" is an address.
        const bool bare = character < 0x100 && (character >= 0xA0 || name == "amp" ||
                                                name == "lt" || name == "gt" || name == "quot");
        if (character == 0 || (next != ';' && (!bare || (of_attribute_ && next == '='))))
            return false;
        append_utf8(result_, character);
        at_ = end + (next == ';' ? 1 : 0);
        return true;
    }

    bool numeric() {
        auto at = at_ + 2;
        const bool hex = at < source_.size() && lower(source_[at]) == 'x';
        if (hex) ++at;
        const auto digits = at;
        std::uint32_t value = 0;
        for (; at < source_.size() && (hex ? hex_value(source_[at]) >= 0 : is_digit(source_[at]));
             ++at)
            if (value <= 0x10FFFF)
                value = value * (hex ? 16 : 10) + static_cast<unsigned>(hex_value(source_[at]));
        if (at == digits) return false;
        if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
            value = replacement;
        if (value < 0x80)
            put(value == '\r' ? '\n' : static_cast<unsigned char>(value));
        else if (value <= 0x9F)  // what browsers read here, not the controls of Unicode
            result_ += to_utf8(std::string(1, static_cast<char>(value)), "windows-1252").text;
        else
            append_utf8(result_, value);
        at_ = at < source_.size() && source_[at] == ';' ? at + 1 : at;
        return true;
    }

    std::string_view source_;
    bool of_attribute_;
    std::size_t at_ = 0;
    std::string result_;
};

}  // namespace

std::string decode_html(std::string_view source, bool of_attribute) {
    return Decoder(source, of_attribute).run();
}

std::string escape_html(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (c == '&')
            result += "&amp;";
        else if (c == '<')
            result += "&lt;";
        else if (c == '>')
            result += "&gt;";
        else if (c == '"')
            result += "&quot;";
        else if (c == '`')
            result += "&#96;";
        else
            result += c;
    }
    return result;
}

}  // namespace mime
