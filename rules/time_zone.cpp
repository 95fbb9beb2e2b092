#include "rules/time_zone.hpp"

#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "mime/ascii.hpp"
#include "rules/suggest.hpp"

namespace rules {
namespace {

/// ICU knows more of three letters, from the first Java: there "IST" is India and "AST" Alaska.
bool is_ambiguous(std::string_view name) {
    constexpr std::array<std::string_view, 6> clear{"UTC", "GMT", "CET", "EET", "MET", "WET"};
    return name.size() == 3 && std::ranges::find(clear, name) == clear.end();
}

std::vector<std::string> read_names() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> zones(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status)
    );
    std::vector<std::string> names;
    while (const char* name = zones ? zones->next(nullptr, status) : nullptr)
        if (!is_ambiguous(name) && std::string_view(name) != "Etc/Unknown")
            names.emplace_back(name);
    std::ranges::sort(names);
    return names;
}

const std::vector<std::string>& names() {
    static const auto all = read_names();
    return all;
}

/// The first zone whose name ends with the city; not of Etc, where the signs are the other way
/// round.
std::string zone_of_city(std::string_view written) {
    std::string city(written);
    std::ranges::replace(city, ' ', '_');
    for (const auto& name : names()) {
        const auto slash = name.rfind('/');
        if (slash == std::string::npos || name.starts_with("Etc/")) continue;
        if (mime::equal(std::string_view(name).substr(slash + 1), city)) return name;
    }
    return "";
}

std::string zone_of_windows(std::string_view written) {
    const auto size = static_cast<int32_t>(written.size());
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(written.data(), size));
    icu::UnicodeString zone;
    UErrorCode status = U_ZERO_ERROR;
    icu::TimeZone::getIDForWindowsID(text, nullptr, zone, status);
    std::string name;
    return U_SUCCESS(status) ? zone.toUTF8String(name) : name;
}

}  // namespace

bool is_time_zone(std::string_view name) {
    return std::ranges::binary_search(names(), name, {}, [](const std::string& one) {
        return std::string_view(one);
    });
}

std::string nearest_time_zone(std::string_view written) {
    constexpr std::size_t longest = 100;
    if (written.empty() || written.size() > longest) return "";
    if (auto zone = zone_of_city(written); !zone.empty()) return zone;
    if (auto zone = zone_of_windows(written); !zone.empty()) return zone;
    // "UTC+1" and "EST" are no misspelt names.
    constexpr std::size_t longest_abbreviation = 5;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool is_other =
        written.size() <= longest_abbreviation || std::ranges::any_of(written, is_digit);
    return is_other ? "" : nearest(written, names());
}

}  // namespace rules
