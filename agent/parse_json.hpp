// A message as `mailferry parse` shows it: one JSON object, whose keys are stable. Apart from the
// command because tests and other commands print messages too.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "mime/message.hpp"

namespace agent {

/// `bytes` are those that `message` was parsed from; `file` is only repeated.
boost::json::object parse_json(
    std::string_view file, std::string_view bytes, const mime::Message& message
);

/// The same for the eyes of an admin, several lines.
std::string parse_text(std::string_view file, std::string_view bytes, const mime::Message& message);

}  // namespace agent
