#include "rules/mail_address.hpp"

#include <algorithm>

#include "rules/domain_name.hpp"
#include "rules/limits.hpp"

namespace rules {
namespace {

/// RFC 5322 §3.2.3, dot-atom.
bool is_local_part(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
    const bool dots = text.starts_with('.') || text.ends_with('.') || text.find("..") != text.npos;
    return !text.empty() && !dots && std::ranges::all_of(text, [&](char c) {
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter || others.find(c) != others.npos;
    });
}

}  // namespace

std::string normal_address(std::string_view written) {
    const auto at = written.rfind('@');
    if (at == written.npos) return std::string(written);
    return std::string(written.substr(0, at + 1)) + normal_domain(written.substr(at + 1));
}

std::string wrong_address(std::string_view written) {
    if (written.size() > max_address_length) return "it is longer than an address can be";
    if (written.find_first_of(",;") != written.npos) return "write one address in each element";
    if (written.find_first_of("<> ") != written.npos)
        return "write the address alone, \"name@us.example\"";
    const auto at = written.rfind('@');
    if (at == written.npos || at == 0 || at + 1 == written.size()) return "write name@domain";
    if (auto wrong = wrong_domain(written.substr(at + 1)); !wrong.empty()) return wrong;
    if (!is_local_part(written.substr(0, at)))
        return "before the @ stand letters, digits and marks of ASCII, dots between them";
    return "";
}

}  // namespace rules
