// Answers GetStreamingEvents: checks it and leaves a StreamPlan; the server does the streaming.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getstreamingevents-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void get_streaming_events(Call& call);

}  // namespace ews::simulator
