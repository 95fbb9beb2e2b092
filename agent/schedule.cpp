#include "agent/schedule.hpp"

#include <fmt/format.h>
#include <unicode/basictz.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "agent/limits.hpp"
#include "rules/time_zone.hpp"

namespace agent {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr minutes day = std::chrono::days(1), week = std::chrono::weeks(1);
using Minutes = std::array<Band, static_cast<std::size_t>(week.count())>;

void paint(Minutes& minutes_of_week, const std::vector<rules::Hours>& windows, Band band) {
    for (const rules::Hours& hours : windows) {
        const minutes length =
            hours.to > hours.from ? hours.to - hours.from : hours.to - hours.from + day;
        for (const int weekday : hours.days) {
            const minutes begin = day * (weekday - 1) + hours.from;
            for (minutes at = begin; at < begin + length; ++at)
                minutes_of_week[static_cast<std::size_t>((at % week).count())] = band;
        }
    }
}

UDate to_icu(Time time) {
    return static_cast<UDate>(time.time_since_epoch().count());
}

}  // namespace

class Timetable::Zone {
public:
    /// Of a name that ICU knows; nullptr should it have no rules for it.
    static std::shared_ptr<const Zone> find(const std::string& name) {
        const auto id = icu::UnicodeString::fromUTF8(name);
        const std::shared_ptr<const icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
        auto basic = std::dynamic_pointer_cast<const icu::BasicTimeZone>(zone);
        return basic ? std::make_shared<const Zone>(std::move(basic)) : nullptr;
    }

    explicit Zone(std::shared_ptr<const icu::BasicTimeZone> rules) : rules_(std::move(rules)) {}

    milliseconds offset(Time now) const {
        int32_t standard = 0, summer = 0;
        UErrorCode status = U_ZERO_ERROR;
        rules_->getOffset(to_icu(now), false, standard, summer, status);
        if (U_FAILURE(status)) throw std::runtime_error("ICU gives no offset of a time zone");
        return milliseconds(standard) + milliseconds(summer);
    }

    /// When the clock is put forward or back; Time::max() where that never happens again.
    Time next_jump(Time now) const {
        icu::TimeZoneTransition change;
        if (!rules_->getNextTransition(to_icu(now), false, change)) return Time::max();
        return Time(milliseconds(static_cast<milliseconds::rep>(change.getTime())));
    }

private:
    std::shared_ptr<const icu::BasicTimeZone> rules_;
};

std::string_view to_text(Band band) {
    switch (band) {
        case Band::peak:
            return "peak";
        case Band::off_peak:
            return "off-peak";
        case Band::blackout:
            break;
    }
    return "blackout";
}

Result<Timetable> Timetable::make(const rules::Schedule& schedule, std::string time_zone) {
    if (time_zone.empty()) time_zone = schedule.time_zone;
    if (time_zone.empty()) time_zone = "UTC";
    auto zone = rules::is_time_zone(time_zone) ? Zone::find(time_zone) : nullptr;  // as policies take them
    if (zone) return Timetable(std::move(zone), schedule);
    const std::string meant = rules::nearest_time_zone(time_zone);
    const std::string remedy = meant.empty() ? "write an IANA name, such as Europe/Berlin"
                                             : fmt::format("did you mean \"{}\"?", meant);
    return Error{errc::permanent, fmt::format("time zone \"{}\" is not known; {}", time_zone, remedy), {}};
}

Timetable::Timetable(std::shared_ptr<const Zone> zone, const rules::Schedule& schedule)
    : zone_(std::move(zone)),
      peak_interval_(schedule.peak_interval),
      off_peak_interval_(schedule.off_peak_interval) {
    Minutes minutes_of_week;
    minutes_of_week.fill(Band::off_peak);
    paint(minutes_of_week, schedule.peak, Band::peak);
    paint(minutes_of_week, schedule.blackout, Band::blackout);
    Band before = minutes_of_week.back();
    for (minutes at{0}; const Band band : minutes_of_week) {
        if (band != before) changes_.push_back({at, band});
        before = band;
        ++at;
    }
    if (changes_.empty()) changes_.push_back({minutes(0), before});
}

milliseconds Timetable::into_week(Time now) const {
    const auto local = now.time_since_epoch() + zone_->offset(now);
    const auto since_monday = local + std::chrono::days(3);  // 1970 began on a Thursday
    return since_monday - std::chrono::floor<std::chrono::weeks>(since_monday);
}

std::vector<Timetable::Change>::const_iterator Timetable::change_after(milliseconds into_week
) const {
    return std::ranges::upper_bound(changes_, into_week, {}, &Change::at);
}

minutes Timetable::interval(Band band) const {
    return band == Band::peak ? peak_interval_ : off_peak_interval_;
}

Band Timetable::band(Time now) const {
    const auto next = change_after(into_week(now));
    return next == changes_.begin() ? changes_.back().band : std::prev(next)->band;
}

Time Timetable::next_change(Time now) const {
    if (changes_.size() == 1) return now + never;
    const Band before = band(now);
    for (Time at = now; at < now + never;) {
        const milliseconds position = into_week(at);
        const auto next = change_after(position);
        const minutes change = next == changes_.end() ? changes_.front().at + week : next->at;
        at = std::min(at + (change - position), zone_->next_jump(at));
        if (band(at) != before) return at;
    }
    return now + never;
}

Time Timetable::next_cycle(Time last, Time now) const {
    if (last > now + limits::clock_jump) last = Time{};
    Time at = std::max(now, last + std::min(peak_interval_, off_peak_interval_));
    const Time end = std::max(now, last + std::max(peak_interval_, off_peak_interval_)) + never;
    while (at < end) {
        const Band here = band(at);
        const Time change = next_change(at);
        const Time due = std::max(at, last + interval(here));
        if (here != Band::blackout && due < change) return due;
        at = change;
    }
    return now + never;
}

}  // namespace agent
