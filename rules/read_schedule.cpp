#include "rules/read_schedule.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "rules/xml_value.hpp"

namespace rules {
namespace {

using std::chrono::minutes;

/// What a <peak> or <blackout> is that says nothing more.
Hours hours_by_default(std::string_view element) {
    if (element == "peak") return Schedule{}.peak.front();
    return {{1, 2, 3, 4, 5, 6, 7}, minutes(0), std::chrono::hours(24)};
}

std::optional<std::set<int>> days(std::string_view written) {
    constexpr std::array<std::string_view, 7> names{
        "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    std::set<int> found;
    while (!written.empty()) {
        const auto end = std::min(written.find(' '), written.size());
        const auto name = std::ranges::find(names, written.substr(0, end));
        if (name == names.end()) return std::nullopt;
        found.insert(static_cast<int>(name - names.begin()) + 1);
        written.remove_prefix(std::min(end + 1, written.size()));
    }
    return found;
}

/// "08:00"; "24:00" is the end of a day.
std::optional<minutes> time_of_day(std::string_view written) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (written.size() != 5 || written[2] != ':') return std::nullopt;
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (!is_digit(written[at])) return std::nullopt;
    const int hour = (written[0] - '0') * 10 + (written[1] - '0');
    const int minute = (written[3] - '0') * 10 + (written[4] - '0');
    if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return std::nullopt;
    return minutes(hour * 60 + minute);
}

std::vector<Hours> all_hours(const pugi::xml_node& schedule, const char* element) {
    std::vector<Hours> all;
    for (const auto node : schedule.children(element))
        if (auto hours = read_hours(node)) all.push_back(std::move(*hours));
    return all;
}

}  // namespace

std::optional<Hours> read_hours(const pugi::xml_node& node) {
    auto hours = hours_by_default(node.name());
    if (const auto written = node.attribute("days")) {
        auto named = days(xml_text(written.value()));
        if (!named || named->empty()) return std::nullopt;
        hours.days = std::move(*named);
    }
    for (const auto& [attribute, value] : {std::pair{"from", &hours.from}, {"to", &hours.to}}) {
        const auto written = node.attribute(attribute);
        if (!written) continue;
        const auto time = time_of_day(xml_text(written.value()));
        if (!time) return std::nullopt;
        *value = *time;
    }
    return hours;
}

Schedule read_schedule(const pugi::xml_node& node) {
    Schedule schedule;
    const auto interval = [&](const char* attribute, minutes otherwise) {
        return minutes(xml_number(node, attribute, static_cast<int>(otherwise.count())));
    };
    schedule.peak_interval = interval("peak-minutes", schedule.peak_interval);
    schedule.off_peak_interval = interval("off-peak-minutes", schedule.off_peak_interval);
    schedule.items_per_cycle = xml_number(node, "items-per-cycle", schedule.items_per_cycle);
    schedule.time_zone = xml_text(node.attribute("time-zone").value());
    if (auto peak = all_hours(node, "peak"); !peak.empty()) schedule.peak = std::move(peak);
    schedule.blackout = all_hours(node, "blackout");
    return schedule;
}

}  // namespace rules
