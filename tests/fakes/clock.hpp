// A clock that stands still until the test moves it.
#pragma once

#include "agent/clock.hpp"

namespace fakes {

class Clock final : public agent::Clock {
public:
    /// 2026-11-23T09:00:00Z
    agent::Time time{std::chrono::seconds(1'795'424'400)};

    agent::Time now() const override { return time; }
};

}  // namespace fakes
