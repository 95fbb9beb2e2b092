#include "mime/domain.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

#include <libpsl.h>
#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/unistr.h>

#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

icu::StringPiece piece(std::string_view text) {
    return {text.data(), static_cast<std::int32_t>(text.size())};
}

/// Case folded by Unicode where there is more than ASCII.
std::string folded(std::string_view text) {
    if (is_ascii(text)) return lower(text);
    std::string result;
    icu::UnicodeString::fromUTF8(piece(text)).foldCase().toUTF8String(result);
    return result;
}

/// Made once, shared by all threads; nullptr where ICU lacks its data.
const icu::IDNA* idna() {
    static const auto instance = [] {
        auto error = U_ZERO_ERROR;
        constexpr std::uint32_t options = UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES |
                                          UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ;
        return std::unique_ptr<icu::IDNA>(icu::IDNA::createUTS46Instance(options, error));
    }();
    return instance.get();
}

/// The label as the DNS has it; one that is no label there (UTS 46) only in lower case.
void add_label(std::string& out, std::string_view label) {
    auto small = lower(label);
    const bool plain = is_ascii(small) && !small.starts_with("xn--");
    if (plain || small.size() > limits::domain_label || idna() == nullptr) {
        out += small;
        return;
    }
    std::string ascii;
    icu::StringByteSink sink(&ascii);
    icu::IDNAInfo info;
    auto error = U_ZERO_ERROR;
    idna()->labelToASCII_UTF8(piece(small), sink, info, error);
    out += U_SUCCESS(error) && !info.hasErrors() ? ascii : small;
}

/// The dots that UTS 46 takes for one: ideographic, full-width and half-width.
std::string with_plain_dots(std::string_view domain) {
    constexpr std::size_t width = 3;
    std::string result;
    for (std::size_t i = 0; i < domain.size(); ++i) {
        const auto three = domain.substr(i, width);
        const bool dot =
            three == "\xE3\x80\x82" || three == "\xEF\xBC\x8E" || three == "\xEF\xBD\xA1";
        result += dot ? '.' : domain[i];
        if (dot) i += width - 1;
    }
    return result;
}

/// Blanks, brackets and dots around an address or a domain are not part of it.
std::string_view bare(std::string_view text) {
    constexpr std::string_view around = " \t\r\n<>";
    text.remove_prefix(std::min(text.find_first_not_of(around), text.size()));
    while (!text.empty() && (around.find(text.back()) != around.npos || text.back() == '.'))
        text.remove_suffix(1);
    return text;
}

std::string normal(std::string_view host) {
    const auto dotted = with_plain_dots(host);
    std::string_view rest = bare(dotted);
    std::string result;
    if (rest.starts_with('[')) return lower(rest);
    for (;;) {
        const auto dot = rest.find('.');
        add_label(result, rest.substr(0, dot));
        if (dot == rest.npos) return result;
        result += '.';
        rest.remove_prefix(dot + 1);
    }
}

/// The list of the system where it is newer than the one that libpsl was built with.
const psl_ctx_t* suffixes() {
    static const psl_ctx_t* const list = [] {
        const psl_ctx_t* latest = psl_latest(nullptr);
        return latest != nullptr ? latest : psl_builtin();
    }();
    return list;
}

}  // namespace

std::string domain_of(std::string_view address) {
    const auto decoded = is_utf8(address) ? std::string() : guess_utf8(address);
    if (!decoded.empty()) address = decoded;
    const auto sign = address.rfind('@');
    if (sign == address.npos) return {};
    return normal(address.substr(sign + 1));
}

std::string normal_domain(std::string_view host) {
    return is_utf8(host) ? normal(host) : normal(guess_utf8(host));
}

std::string registrable_domain(std::string_view host) {
    auto name = normal_domain(host);
    const bool ip = name.starts_with('[') || name.find(':') != name.npos ||
                    name.find_first_not_of("0123456789.") == name.npos;
    if (ip || name.size() > limits::domain || suffixes() == nullptr) return name;
    const char* registrable = psl_registrable_domain(suffixes(), name.c_str());
    return registrable == nullptr ? name : std::string(registrable);
}

std::string comparable_address(std::string_view address) {
    const auto decoded = is_utf8(address) ? std::string() : guess_utf8(address);
    if (!decoded.empty()) address = decoded;
    const auto sign = address.rfind('@');
    if (sign == address.npos) return folded(bare(address));
    const auto domain = normal(address.substr(sign + 1));
    const auto local = folded(address.substr(0, sign));
    return std::string(bare(local + '@' + domain));
}

}  // namespace mime
