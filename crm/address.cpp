#include "crm/address.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>

namespace crm {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string folded(std::string_view text) {
    const bool ascii =
        std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
    std::string result;
    if (ascii) {
        std::ranges::transform(text, std::back_inserter(result), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return result;
    }
    icu::StringByteSink<std::string> sink(&result);
    auto status = U_ZERO_ERROR;
    icu::CaseMap::utf8Fold(
        0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, status
    );
    return U_SUCCESS(status) ? result : std::string(text);
}

}  // namespace

std::string comparable_address(std::string_view address) {
    auto text = trimmed(address);
    if (text.size() >= 2 && text.front() == '<' && text.back() == '>') {
        text = trimmed(text.substr(1, text.size() - 2));
    }
    return folded(text);
}

std::string comparable_domain(std::string_view domain) {
    auto text = trimmed(domain);
    if (text.starts_with('@')) text.remove_prefix(1);
    if (text.ends_with('.')) text.remove_suffix(1);
    auto result = folded(text);
    if (result.starts_with("www.")) result.erase(0, 4);
    return result;
}

}  // namespace crm
