// When admins hear of the errors of a mailbox: once when they become too many, once when none is
// left. Pure; separate from the texts (notice) and from who counts.
#pragma once

namespace agent {

enum class AlarmState { calm, alarmed };
enum class Tell { nothing, alarm, recovery };

struct AlarmStep {
    AlarmState next = AlarmState::calm;
    Tell tell = Tell::nothing;
    bool operator==(const AlarmStep&) const = default;
};

/// The step for the number of outstanding errors now. An alarm ends at 0 only, so that a number
/// that goes up and down around the threshold tells nothing.
/// @param threshold  below 1 counts as 1
AlarmStep next_step(AlarmState state, int threshold, int errors);

}  // namespace agent
