// What the server says to one request, before it is HTTP: soap.cpp makes it, sessions send it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "ews/simulator/call.hpp"

namespace ews::simulator {

inline constexpr const char* xml_type = "text/xml; charset=utf-8";  // DavMail compares all of it

struct Reply {
    unsigned status = 200;
    std::string body;
    std::optional<StreamPlan> stream;  ///< set: `body` is empty, the reply is a stream
    std::chrono::milliseconds retry_after{0};
    bool drop = false;    ///< close the connection without an answer
    bool silent = false;  ///< answer nothing and wait until the client goes
    std::string content_type = xml_type;
    std::string location = {};           ///< of a redirection
    std::optional<Fault> delivery = {};  ///< of the stage Stage::wire
};

}  // namespace ews::simulator
