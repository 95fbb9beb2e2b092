// Connections that wait for the next request, by origin. Separate because which of them may still
// be used is a rule of its own: young enough, and nothing heard from the server meanwhile.
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
    std::unique_ptr<Connection> take(const std::string& origin);
    void put(const std::string& origin, std::unique_ptr<Connection> connection);

private:
    std::map<std::string, std::vector<std::unique_ptr<Connection>>> idle_;
};

}  // namespace http
