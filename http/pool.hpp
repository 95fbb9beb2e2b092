// Connections that wait for the next request, by origin. Separate because which of them may still
// be used is a rule of its own: young enough, nothing heard from the server meanwhile, and for what
// cannot be repeated none of a server that closes them without a word.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "http/connection.hpp"

namespace http {

class Pool {
public:
    /// The one used last, or null. A connection that the server has closed meanwhile is dropped
    /// here, before anything is sent on it.
    std::unique_ptr<Connection> take(const std::string& origin, bool repeatable);
    void put(const std::string& origin, std::unique_ptr<Connection> connection);
    /// A kept connection broke before the first byte of an answer.
    void note_closing(const std::string& origin);

private:
    std::map<std::string, std::vector<std::unique_ptr<Connection>>> idle_;
    std::map<std::string, std::chrono::steady_clock::time_point> closing_;  ///< until when
};

}  // namespace http
