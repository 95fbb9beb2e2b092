// A point in time as people and programs read it. Apart because `parse` and `queue` both print
// times.
#pragma once

#include <chrono>
#include <string>

namespace agent {

/// "2026-11-23T09:00:00Z" (RFC 3339)
std::string utc_text(std::chrono::sys_seconds time);

}  // namespace agent
