// Names of time zones (IANA) as ICU knows them, and what somebody meant who wrote another one. Used
// by check_policy, and for whatever else names a zone.
#pragma once

#include <string>
#include <string_view>

namespace rules {

/// Whether ICU has a zone of exactly this name: "Europe/Berlin", "UTC". Abbreviations such as "EST"
/// and "IST" are none: they have no summer time, or stand for several zones.
bool is_time_zone(std::string_view name);

/// The zone that was meant: that of a city ("berlin"), that of Windows ("W. Europe Standard Time"),
/// else the next one by its letters; "" if none is near.
std::string nearest_time_zone(std::string_view written);

}  // namespace rules
