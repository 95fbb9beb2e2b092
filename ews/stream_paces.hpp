// Every wait of the streams of an affinity group, in one place, so that tests can shorten them.
#pragma once

#include <chrono>

#include "ews/event_stream.hpp"

namespace ews {

struct StreamPaces {
    using milliseconds = std::chrono::milliseconds;

    /// Members that come together are one opening: from the last of them to the opening. Doubled
    /// with each opening that follows soon, up to the longest.
    milliseconds quiet{50};
    milliseconds longest_quiet{3'200};
    int unrest = 4;  ///< so many times `quiet`, and the stream is opened though more come
    /// A stream that lived so long was a good one: the waits begin anew.
    milliseconds settled{30'000};
    /// Who joined longer than this before the opening is told to read: grommunio keeps what came
    /// before it until its next heartbeat.
    milliseconds fresh{1'000};

    milliseconds poll{30'000};      ///< between two hints, where there is no stream
    milliseconds attempt{900'000};  ///< to open one, where a proxy buffers it
    int proofs = 2;                 ///< openings in a row that show such a proxy
    int told_faults = 5;            ///< in a row; then members are told, and polled
    int told_crowds = 2;            ///< the same, where the server has too many connections of us

    milliseconds busy{60'000};        ///< the least wait for a server that is busy and says no time
    milliseconds unsubscribe{5'000};  ///< to give a subscription back
    /// To give back all that an earlier life has left of a mailbox, before it subscribes.
    milliseconds clear_up{2'000};
    milliseconds probe{15'000};  ///< for an ordinary answer, where a stream does not open
    /// A mailbox that kept its subscription so long is as good as new.
    std::chrono::minutes forgiven{2};
    int losses = 3;  ///< from so many on, in a row, a mailbox gets a stream of its own

    EventStreamOptions stream = {};
};

}  // namespace ews
