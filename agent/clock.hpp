// The time, as the agent sees it. Abstract so that tests can set it; the real one is SystemClock.
#pragma once

#include <chrono>

namespace agent {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

class SystemClock : public Clock {
public:
    Time now() const override {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(
            std::chrono::system_clock::now()
        );
    }
};

}  // namespace agent
