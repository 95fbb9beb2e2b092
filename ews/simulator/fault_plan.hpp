// The faults that are planned, and the counting that says when one is due. Pure but for its own
// random numbers, which are the same in every run.
#pragma once

#include <list>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "ews/simulator/fault.hpp"

namespace ews::simulator {

/// The item that a request is about to touch.
struct ItemAsked {
    std::size_t position = 0;  ///< in the request, from 1
    std::string_view subject;
};

class FaultPlan {
public:
    void add(PlannedFault planned);
    void clear() { lines_.clear(); }

    /// Counts the request for the faults of this stage and gives the first that is due. One that is
    /// due and stands behind another waits for the next request.
    std::optional<Fault> take(Stage stage, std::string_view operation);
    /// The same for an item; requests for other items than the one that a fault names do not count.
    std::optional<Fault> take(Stage stage, std::string_view operation, const ItemAsked& item);

private:
    struct Line {
        PlannedFault planned;
        std::size_t seen = 0;
        std::size_t owed = 0;
    };

    bool is_scheduled(const Line& line);
    template <class Matches>
    std::optional<Fault> take_if(const Matches& matches);

    std::list<Line> lines_;
    std::minstd_rand random_{20261127};
};

}  // namespace ews::simulator
