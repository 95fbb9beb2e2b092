#include "mime/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "mime/ascii.hpp"

namespace mime {
namespace {

constexpr std::array<std::string_view, 12> months{
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

/// Words without comments; commas separate like blanks.
std::vector<std::string_view> words_of(std::string_view field) {
    std::vector<std::string_view> words;
    int depth = 0;
    for (std::size_t i = 0; i < field.size() && words.size() < 16;) {
        const char c = field[i];
        if (c == '(') ++depth;
        if (c == ')' && depth > 0) --depth;
        if (depth > 0 || c == ')' || c == ',' || is_space(c)) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < field.size() && !is_space(field[end]) && field[end] != ',' && field[end] != '('
        )
            ++end;
        words.push_back(field.substr(i, end - i));
        i = end;
    }
    return words;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || !is_digit(text[0]) || error != std::errc{} ||
        end != text.data() + text.size())
        return {};
    return value;
}

std::optional<std::chrono::month> month_of(std::string_view text) {
    const auto name = lower(text.substr(0, 3));
    const auto found = std::ranges::find(months, std::string_view(name));
    if (found == months.end()) return {};
    return std::chrono::month(static_cast<unsigned>(found - months.begin()) + 1);
}

std::optional<std::chrono::seconds> time_of(std::string_view text) {
    std::array<int, 3> fields{};
    std::size_t count = 0;
    while (count < 3) {
        const auto colon = text.find(':');
        const auto value = number(text.substr(0, colon));
        if (!value) return {};
        fields[count++] = *value;
        if (colon == text.npos) break;
        text.remove_prefix(colon + 1);
    }
    if (count < 2 || fields[0] > 23 || fields[1] > 59 || fields[2] > 60) return {};
    return std::chrono::hours(fields[0]) + std::chrono::minutes(fields[1]) +
           std::chrono::seconds(fields[2]);
}

std::chrono::minutes zone_of(std::string_view text) {
    using std::chrono::hours;
    if (text.size() >= 5 && (text[0] == '+' || text[0] == '-')) {
        std::string digits;
        for (const char c : text.substr(1))
            if (c != ':') digits += c;
        const auto value = number(digits);
        if (!value || *value > 9999) return {};
        const std::chrono::minutes offset =
            hours(*value / 100) + std::chrono::minutes(*value % 100);
        return text[0] == '-' ? -offset : offset;
    }
    constexpr std::array<std::pair<std::string_view, int>, 8> american{{
        {"edt", -4},
        {"est", -5},
        {"cdt", -5},
        {"cst", -6},
        {"mdt", -6},
        {"mst", -7},
        {"pdt", -7},
        {"pst", -8},
    }};
    for (const auto& [name, offset] : american)
        if (equal(name, text)) return hours(offset);
    return {};
}

/// RFC 5322 §4.3: 00–49 are 20xx, 50–99 and three digits are from 1900 on.
int full_year(int year, std::size_t digits) {
    if (digits <= 2) return year + (year < 50 ? 2000 : 1900);
    return digits == 3 ? year + 1900 : year;
}

}  // namespace

std::optional<std::chrono::sys_seconds> read_date(std::string_view field) {
    auto words = words_of(field);
    // "Mon, 23 Nov 2026 …"; the day of the week is decoration, and often wrong.
    if (!words.empty() && !is_digit(words.front().front())) words.erase(words.begin());
    if (!words.empty() && words.front().find('-') != std::string_view::npos) {  // 23-Nov-2026
        const auto joined = words.front();
        const auto first = joined.find('-'), second = joined.find('-', first + 1);
        if (second == joined.npos) return {};
        words.front() = joined.substr(second + 1);
        words.insert(words.begin(), joined.substr(first + 1, second - first - 1));
        words.insert(words.begin(), joined.substr(0, first));
    }
    if (words.size() < 4) return {};
    const auto day = number(words[0]), year = number(words[2]);
    const auto month = month_of(words[1]);
    const auto time = time_of(words[3]);
    if (!day || !month || !year || !time) return {};
    const auto date = std::chrono::year(full_year(*year, words[2].size())) / *month /
                      std::chrono::day(static_cast<unsigned>(*day));
    if (!date.ok() || *year > 9999) return {};
    const auto zone = words.size() > 4 ? zone_of(words[4]) : std::chrono::minutes{};
    return std::chrono::sys_days(date) + *time - zone;
}

}  // namespace mime
