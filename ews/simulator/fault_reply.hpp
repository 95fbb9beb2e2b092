// The replies that are no answer: SOAP faults, and what a planned fault puts in place of an answer.
#pragma once

#include <chrono>
#include <string_view>

#include "ews/simulator/reply.hpp"

namespace ews::simulator {

/// HTTP 500 with a Fault. `back_off` > 0 is told as BackOffMilliseconds.
Reply fault(std::string_view code, std::string_view text, std::chrono::milliseconds back_off = {});

/// What a planned fault of the stage Stage::answer says to the request; `document` is the one that
/// holds `call.messages`.
Reply reply_in_place(const Fault& planned, Call& call, const pugi::xml_document& document);

/// The text of an answer.
std::string answer_text(const pugi::xml_document& document);

}  // namespace ews::simulator
