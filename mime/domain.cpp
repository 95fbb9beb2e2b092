#include "mime/domain.hpp"

#include <libpsl.h>
#include <unicode/unistr.h>

#include "mime/ascii.hpp"

namespace mime {
namespace {

/// Case folded by Unicode where there is more than ASCII.
std::string folded(std::string_view text) {
    std::string result;
    const bool ascii =
        std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
    if (ascii) return lower(text);
    icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
        .foldCase()
        .toUTF8String(result);
    return result;
}

}  // namespace

std::string domain_of(std::string_view address) {
    const auto bare = trim(address);
    const auto sign = bare.rfind('@');
    if (sign == bare.npos) return {};
    auto domain = bare.substr(sign + 1);
    while (domain.ends_with('>') || domain.ends_with('.')) domain.remove_suffix(1);
    return folded(domain);
}

std::string registrable_domain(std::string_view host) {
    auto name = folded(trim(host));
    if (name.ends_with('.')) name.pop_back();
    const bool ip = name.starts_with('[') || name.find(':') != name.npos ||
                    name.find_first_not_of("0123456789.") == name.npos;
    if (ip) return name;
    const char* registrable = psl_registrable_domain(psl_builtin(), name.c_str());
    return registrable == nullptr ? name : std::string(registrable);
}

std::string comparable_address(std::string_view address) {
    constexpr std::string_view around = " \t\r\n<>";
    const auto begin = std::min(address.find_first_not_of(around), address.size());
    auto bare = address.substr(begin);
    while (!bare.empty() && (around.find(bare.back()) != around.npos || bare.back() == '.'))
        bare.remove_suffix(1);
    return folded(bare);
}

}  // namespace mime
