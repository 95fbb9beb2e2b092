#include "http/retry.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string>

#include "http/limits.hpp"

namespace http {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double spread = 0.2;

milliseconds scaled(milliseconds length, double factor) {
    return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(length.count()) * factor)
    );
}

std::optional<std::chrono::sys_seconds> to_time(const std::tm& parts) {
    const std::chrono::year_month_day date(
        std::chrono::year(parts.tm_year + 1900),
        std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
        std::chrono::day(static_cast<unsigned>(parts.tm_mday))
    );
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(parts.tm_hour) +
           std::chrono::minutes(parts.tm_min) + seconds(parts.tm_sec);
}

/// RFC 9110 §5.6.7: the form of today, that of RFC 850, and that of asctime().
std::optional<std::chrono::sys_seconds> http_date(const std::string& text) {
    for (const char* form :
         {"%a, %d %b %Y %H:%M:%S GMT", "%a, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"}) {
        std::istringstream input(text);
        input.imbue(std::locale::classic());
        std::tm parts{};
        input >> std::get_time(&parts, form);
        if (!input.fail() && input.peek() == std::char_traits<char>::eof()) return to_time(parts);
    }
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<milliseconds> retry_after(
    std::string_view value, std::chrono::system_clock::time_point now
) {
    value = trimmed(value);
    if (value.empty()) return std::nullopt;
    const milliseconds longest = max_retry_after;
    if (value.find_first_not_of("0123456789") == std::string_view::npos) {
        milliseconds::rep count = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
        if (error != std::errc() || count > longest / seconds(1)) return longest;
        return seconds(count);
    }
    const auto date = http_date(std::string(value));
    if (!date) return std::nullopt;
    const auto wait = std::chrono::ceil<milliseconds>(*date - now);
    return std::clamp(wait, milliseconds(0), longest);
}

milliseconds BackOff::next(double random, std::optional<milliseconds> asked) {
    const milliseconds step = steps_[std::min(failures_, steps_.size() - 1)];
    if (failures_ < steps_.size()) ++failures_;
    const milliseconds own = scaled(step, 1.0 - spread + 2 * spread * random);
    if (!asked) return own;
    return std::max(own, scaled(*asked, 1.0 + spread * random));
}

}  // namespace http
