// When full cycles run and when nothing does, for one user in one time zone: a policy's schedule
// held against that user's wall clock. Pure: the time comes in as an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "rules/policy.hpp"

namespace agent {

enum class Band { peak, off_peak, blackout };
std::string_view to_text(Band band);  ///< "peak", "off-peak", "blackout"

/// A value, cheap to copy; each question takes a few microseconds and may be asked from any thread.
///
/// The band depends on the local wall clock alone: where the clock is put forward over 02:00 to
/// 03:00, a window of these hours does not happen; where it is put back, the window lasts two
/// hours.
class Timetable {
public:
    /// How far away "never" is. Longer than a window of one day in the week can be missed by a
    /// change of the clock.
    static constexpr std::chrono::weeks never{4};

    /// `time_zone` is an IANA name; "" takes the one of the schedule, and if that is "" too, UTC.
    /// errc::permanent, naming the zone, where nobody knows it.
    static Result<Timetable> make(const rules::Schedule& schedule, std::string time_zone);

    Band band(Time now) const;
    bool is_blackout(Time now) const { return band(now) == Band::blackout; }

    /// The first moment after `now` that has another band, exactly; `now + never` where there is
    /// none.
    Time next_change(Time now) const;
    /// How long to rest in a blackout before looking again, `most` at most: the clock may be set meanwhile.
    std::chrono::milliseconds rest(Time now, std::chrono::milliseconds most) const {
        return std::min<std::chrono::milliseconds>(next_change(now) - now, most);
    }

    /// When the next full cycle begins, if the last one began at `last` (`Time{}`: there was none):
    /// the first moment from `now` on that is not blackout and at least the interval of its own
    /// band after `last`. Hence the same answer whenever it is asked before that moment. `now +
    /// never` where blackout never ends.
    ///
    /// A `last` further in the future than limits::clock_jump tells that the clock was put back
    /// since, and counts as none: whoever keeps it would otherwise wait until the clock has caught
    /// up.
    Time next_cycle(Time last, Time now) const;

private:
    class Zone;
    /// In a local week, which begins on Monday at 00:00. The last one of the week holds until the
    /// first of the next.
    struct Change {
        std::chrono::minutes at;
        Band band;
    };

    Timetable(std::shared_ptr<const Zone> zone, const rules::Schedule& schedule);

    std::chrono::milliseconds into_week(Time now) const;
    std::vector<Change>::const_iterator change_after(std::chrono::milliseconds into_week) const;
    std::chrono::minutes interval(Band band) const;

    std::shared_ptr<const Zone> zone_;
    std::chrono::minutes peak_interval_, off_peak_interval_;
    std::vector<Change> changes_;  ///< at least one; neighbours differ in band, also last and first
};

}  // namespace agent
