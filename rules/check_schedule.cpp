#include "rules/check_schedule.hpp"

#include <fmt/format.h>

#include <vector>

#include "rules/hours.hpp"
#include "rules/read_schedule.hpp"
#include "rules/time_zone.hpp"
#include "rules/xml_value.hpp"

namespace rules {
namespace {

void check_time_zone(const pugi::xml_node& schedule, PlacedProblems& problems) {
    constexpr auto attribute = "time-zone";
    const auto zone = xml_text(schedule.attribute(attribute).value());
    if (zone.empty() || is_time_zone(zone)) return;
    const auto meant = nearest_time_zone(zone);
    const auto remedy = meant.empty() ? "write the name of a zone, as \"Europe/Berlin\" or \"UTC\""
                                      : fmt::format("did you mean \"{}\"?", meant);
    problems.report(
        schedule, attribute, fmt::format("time-zone \"{}\" is unknown; {}", zone, remedy)
    );
}

/// Said of the first one: which of them is too much nobody but the admin knows.
void check_blackout(const pugi::xml_node& schedule, PlacedProblems& problems) {
    std::vector<Hours> blackout;
    for (const auto node : schedule.children("blackout")) {
        const auto hours = read_hours(node);
        if (!hours) return;
        blackout.push_back(*hours);
    }
    if (!fill_the_week(blackout)) return;
    problems.report(
        schedule.child("blackout"),
        "the blackout fills the whole week, so nothing would ever run; leave some hours out, or "
        "write enabled=\"false\" in <policy>"
    );
}

}  // namespace

void check_schedule(const pugi::xml_node& schedule, PlacedProblems& problems) {
    check_time_zone(schedule, problems);
    check_blackout(schedule, problems);
}

}  // namespace rules
