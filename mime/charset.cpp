// Longer than most files here: ICU, and the UTF-8 that it is not needed for.
#include "mime/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "mime/charset_label.hpp"
#include "mime/iso_8859_16.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

void replace(
    const void* count,
    UConverterToUnicodeArgs* args,
    const char*,
    int32_t,
    UConverterCallbackReason reason,
    UErrorCode* status
) {
    if (reason > UCNV_IRREGULAR) return;
    *status = U_ZERO_ERROR;
    // ISO-2022 and HZ: an escape right behind another, as where encoded words were joined.
    if (reason == UCNV_IRREGULAR) return;
    ++*static_cast<std::size_t*>(const_cast<void*>(count));
    const UChar replacement = 0xFFFD;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// Nothing for a name that ICU does not know, and for "", by which it would take the system's.
Converter open(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(name.empty() ? nullptr : ucnv_open(name.c_str(), &status), &ucnv_close);
    if (U_FAILURE(status)) converter.reset();
    return converter;
}

/// ICU takes a microsecond to open a converter, most mails only some to be read: the last ones used
/// are kept. One for each thread.
class Converters {
public:
    /// Ready for a new text; nullptr for an unknown charset. Holds until the next call.
    UConverter* named(const std::string& name) {
        for (auto& [kept, converter] : kept_) {
            if (kept != name || !converter) continue;
            ucnv_reset(converter.get());
            return converter.get();
        }
        auto opened = open(name);
        if (!opened) return nullptr;
        auto& [kept, converter] = kept_[next_++ % kept_.size()];
        kept = name;
        converter = std::move(opened);
        return converter.get();
    }
    UConverter* utf8() const { return utf8_.get(); }

private:
    struct Kept {
        std::string name;
        Converter converter{nullptr, &ucnv_close};
    };
    std::array<Kept, 8> kept_;
    std::size_t next_ = 0;
    Converter utf8_ = open("UTF-8");
};

Converters& converters() {
    thread_local Converters kept;
    return kept;
}

Decoded convert(UConverter* from, std::string_view bytes) {
    Decoded result;
    result.text.reserve(bytes.size());
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(from, &replace, &result.replaced, nullptr, nullptr, &status);
    UConverter* const utf8 = converters().utf8();
    ucnv_reset(utf8);
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    std::array<UChar, 1024> pivot{};
    UChar* pivot_read = pivot.data();
    UChar* pivot_write = pivot.data();
    bool first = true;
    do {
        std::array<char, 4096> piece;  // NOLINT(*-member-init): written before it is read
        char* target = piece.data();
        status = U_ZERO_ERROR;
        ucnv_convertEx(
            utf8,
            from,
            &target,
            piece.data() + piece.size(),
            &source,
            source_end,
            pivot.data(),
            &pivot_read,
            &pivot_write,
            pivot.data() + pivot.size(),
            first,
            true,
            &status
        );
        first = false;
        result.text.append(piece.data(), target);
    } while (status == U_BUFFER_OVERFLOW_ERROR && result.text.size() < limits::text);
    result.cut = status == U_BUFFER_OVERFLOW_ERROR;
    if (result.cut)  // perhaps within a character
        result.text.resize(whole_characters(result.text, result.text.size() - 4).size());
    return result;
}

/// Without ICU's data there is no converter: then bytes beyond US-ASCII are lost, and counted.
Decoded windows_1252(std::string_view bytes) {
    if (auto* const converter = converters().named("windows-1252"))
        return convert(converter, bytes);
    Decoded result;
    for (const char c : bytes) {
        const bool ascii = static_cast<unsigned char>(c) < 0x80;
        append_utf8(result.text, ascii ? static_cast<char32_t>(c) : 0xFFFD);
        result.replaced += ascii ? 0U : 1U;
    }
    return result;
}

/// How many bytes at the start are US-ASCII; eight at a time, for most mails are nothing else.
std::size_t ascii_length(std::string_view bytes) {
    std::size_t at = 0;
    for (std::uint64_t eight = 0; bytes.size() - at >= sizeof eight; at += sizeof eight) {
        std::memcpy(&eight, bytes.data() + at, sizeof eight);
        if ((eight & 0x8080808080808080U) != 0) break;
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
    return at;
}

/// Length of the well-formed sequence at `at`, 0 if there is none.
std::size_t sequence(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(at), second = byte(at + 1);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4 || !tail(at + 1)) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) {
        const bool wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F);
        return !wrong && tail(at + 2) ? 3 : 0;
    }
    const bool wrong = (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return !wrong && tail(at + 2) && tail(at + 3) ? 4 : 0;
}

/// Whether the bytes are what was promised, and UTF-8 as they stand.
bool is_plain(std::string_view bytes, std::string_view label, std::string_view charset) {
    if (label.empty() || charset == "utf-8") return is_utf8(bytes);
    return (charset.empty() || charset == "us-ascii") && ascii_length(bytes) == bytes.size();
}

Decoded guess(std::string_view bytes, std::string_view why) {
    if (is_utf8(bytes)) return {std::string(bytes), 0, fmt::format("{}; read as UTF-8", why)};
    auto decoded = windows_1252(bytes);
    decoded.problem = fmt::format("{}; read as windows-1252", why);
    return decoded;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (auto at = ascii_length(bytes); at < bytes.size();) {
        const auto length = sequence(bytes, at);
        if (length == 0) return false;
        at += length;
        if (length == 1) at += ascii_length(bytes.substr(at));
    }
    return true;
}

std::string_view whole_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    auto end = most;
    while (end > 0 && most - end < 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, most - end < 4 ? end : most);  // else it is no UTF-8
}

void append_utf8(std::string& out, char32_t code) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
    const auto byte = [&](char32_t lead, unsigned shift, char32_t mask) {
        out += static_cast<char>(static_cast<unsigned char>(lead | ((code >> shift) & mask)));
    };
    if (code < 0x80) return byte(0, 0, 0x7F);
    if (code < 0x800) {
        byte(0xC0, 6, 0x1F);
        return byte(0x80, 0, 0x3F);
    }
    if (code < 0x10000) {
        byte(0xE0, 12, 0x0F);
    } else {
        byte(0xF0, 18, 0x07);
        byte(0x80, 12, 0x3F);
    }
    byte(0x80, 6, 0x3F);
    byte(0x80, 0, 0x3F);
}

std::string guess_utf8(std::string_view bytes) {
    return is_utf8(bytes) ? std::string(bytes) : windows_1252(bytes).text;
}

Decoded to_utf8(std::string_view bytes, std::string_view label) {
    const auto bare = bare_label(label);
    const auto charset = charset_of(bare);
    if (is_plain(bytes, bare, charset)) return {std::string(bytes), 0, {}};
    if (bare.empty()) return guess(bytes, "no charset is named");
    const auto shown = guess_utf8(std::string_view(bare).substr(0, limits::shown_label));
    if (charset == "us-ascii")
        return guess(bytes, fmt::format("bytes that charset '{}' does not have", shown));
    if (charset == "iso-8859-16") return {from_iso_8859_16(bytes), 0, {}};
    UConverter* const converter = converters().named(charset);
    if (converter == nullptr) return guess(bytes, fmt::format("charset '{}' is unknown", shown));
    auto decoded = convert(converter, bytes);
    if (decoded.replaced > 0)
        decoded.problem = fmt::format(
            "{} character{} not in charset '{}'",
            decoded.replaced,
            decoded.replaced == 1 ? "" : "s",
            shown
        );
    return decoded;
}

}  // namespace mime
