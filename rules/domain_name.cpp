#include "rules/domain_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mime/domain.hpp"
#include "rules/limits.hpp"

namespace rules {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const auto begin = text.find_first_not_of(spaces);
    if (begin == std::string_view::npos) return "";
    return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

/// Letters, digits and '-' of ASCII; anything beyond it is an international name.
bool is_label(std::string_view label) {
    if (label.empty() || label.size() > max_label_length) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(label, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c & 0x80) != 0;
    });
}

bool is_host(std::string_view host) {
    if (host.size() > max_domain_length) return false;
    for (;;) {
        const auto dot = host.find('.');
        if (!is_label(host.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        host.remove_prefix(dot + 1);
    }
}

}  // namespace

std::string normal_domain(std::string_view written) {
    auto text = trimmed(written);
    if (text.starts_with('@')) text.remove_prefix(1);
    // Through the same folding as the addresses it is compared with.
    return mime::domain_of(mime::comparable_address("x@" + std::string(text)));
}

std::string wrong_domain(std::string_view written) {
    auto text = trimmed(written);
    if (text.starts_with('@')) text.remove_prefix(1);
    if (text.starts_with("*.") || text.starts_with("."))
        return fmt::format(
            "write \"{}\", which covers the domains below it", text.substr(text.find('.') + 1)
        );
    if (text.find('*') != std::string_view::npos) return "a domain has no wildcards; write it out";
    if (text.find("://") != std::string_view::npos)
        return "write the domain alone, \"acme.example\"";
    if (const auto at = text.rfind('@'); at != std::string_view::npos)
        return fmt::format("this is an address; write its domain \"{}\"", text.substr(at + 1));
    if (text.find_first_of(" ,;\t\r\n") != std::string_view::npos)
        return "one domain in each element";
    const auto host = normal_domain(text);
    if (host.find('.') == std::string::npos) return "a domain has a dot, \"acme.example\"";
    if (!is_host(host)) return "it consists of letters, digits, - and dots, \"acme.example\"";
    return "";
}

}  // namespace rules
