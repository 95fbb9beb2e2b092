// How gromox 3.10 says the same things: another prefix, nine digits of a second, faults without a
// detail. What it does otherwise (events, ids of moved items, conflicts, MIME) stands where it is
// done, behind Ways::grommunio. Pure.
#pragma once

#include <string>
#include <string_view>

#include "ews/simulator/reply.hpp"

namespace ews::simulator {

/// The XML of an answer or an envelope of a stream as gromox writes it. `begin` stands before it.
std::string in_words_of_grommunio(std::string_view xml, std::string begin = {});

/// Whether the request was XML and its operation is known: else it is answered with HTTP 500, while
/// ordinary faults come with 200.
enum class Understood { no, yes };

void speak_as_grommunio(Reply& reply, Understood understood);

/// Distinguished folders that Exchange has and gromox has not.
bool is_unknown_to_grommunio(std::string_view distinguished);

}  // namespace ews::simulator
