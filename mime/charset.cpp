#include "mime/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "mime/ascii.hpp"

namespace mime {
namespace {

// Labels whose registered meaning is narrower than what senders put under them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> aliases{{
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp-1252", "windows-1252"},
    {"cp-850", "cp850"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"iso-8859-6-i", "iso-8859-6"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cn-gb", "gb18030"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"ksc5601", "windows-949"},
    {"x-windows-949", "windows-949"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"unicode-1-1-utf-7", "utf-7"},
}};

constexpr std::array<std::string_view, 9> undeclared{
    "",
    "us-ascii",
    "ascii",
    "ansi_x3.4-1968",
    "unknown-8bit",
    "x-unknown",
    "unknown",
    "default",
    "8bit"};

/// `ISO-8859-1 (comment)`, `'utf-8'` and the like to the bare label in lower case.
std::string bare(std::string_view label) {
    const auto kept = label.substr(0, label.find_first_of("(;"));
    std::string result;
    for (const char c : kept)
        if (!is_space(c) && c != '"' && c != '\'') result += lower(c);
    return result;
}

void replace(
    const void* count,
    UConverterToUnicodeArgs* args,
    const char*,
    int32_t,
    UConverterCallbackReason reason,
    UErrorCode* status
) {
    if (reason > UCNV_IRREGULAR) return;
    ++*static_cast<std::size_t*>(const_cast<void*>(count));
    const UChar replacement = 0xFFFD;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name.c_str(), &status), &ucnv_close);
    if (U_FAILURE(status)) converter.reset();
    return converter;
}

Decoded convert(UConverter* from, std::string_view bytes) {
    Decoded result;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(from, &replace, &result.replaced, nullptr, nullptr, &status);
    const auto converter = open("UTF-8");
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    std::array<UChar, 1024> pivot{};
    UChar* pivot_read = pivot.data();
    UChar* pivot_write = pivot.data();
    bool first = true;
    do {
        std::array<char, 4096> piece{};
        char* target = piece.data();
        status = U_ZERO_ERROR;
        ucnv_convertEx(
            converter.get(),
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
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return result;
}

Decoded by_name(std::string_view bytes, const std::string& name) {
    if (const auto converter = open(name)) return convert(converter.get(), bytes);
    return {guess_utf8(bytes), 0};
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

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = sequence(bytes, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string guess_utf8(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    return by_name(bytes, "windows-1252").text;
}

Decoded to_utf8(std::string_view bytes, std::string_view label) {
    auto name = bare(label);
    if (std::ranges::find(undeclared, name) != undeclared.end()) return {guess_utf8(bytes), 0};
    if ((name == "utf-8" || name == "utf8") && is_utf8(bytes)) return {std::string(bytes), 0};
    const auto alias = std::ranges::find(aliases, std::string_view(name), [](const auto& pair) {
        return pair.first;
    });
    if (alias != aliases.end()) name = alias->second;
    return by_name(bytes, name);
}

}  // namespace mime
