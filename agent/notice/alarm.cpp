#include "agent/notice/alarm.hpp"

#include <algorithm>

namespace agent {

AlarmStep next_step(AlarmState state, int threshold, int errors) {
    const bool calm = state == AlarmState::calm;
    if (calm && errors >= std::max(threshold, 1)) return {AlarmState::alarmed, Tell::alarm};
    if (!calm && errors <= 0) return {AlarmState::calm, Tell::recovery};
    return {state, Tell::nothing};
}

}  // namespace agent
