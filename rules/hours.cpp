#include "rules/hours.hpp"

#include <bitset>
#include <cstddef>

namespace rules {

bool fill_the_week(const std::vector<Hours>& parts) {
    constexpr std::size_t day = 24 * 60, week = 7 * day;
    std::bitset<week> filled;
    for (const auto& part : parts) {
        const auto from = static_cast<std::size_t>(part.from.count());
        const auto to = static_cast<std::size_t>(part.to.count());
        const auto end = to > from ? to : to + day;
        for (const int begins : part.days)
            for (auto minute = from; minute < end; ++minute)
                filled.set((static_cast<std::size_t>(begins - 1) * day + minute) % week);
    }
    return filled.all();
}

}  // namespace rules
