// The endless answer: what client's open_stream() hands out. Separate because it owns its
// connection and lives longer than the call that opened it.
#pragma once

#include <memory>

#include "http/ask.hpp"
#include "http/transport.hpp"

namespace http {

/// Takes over after ask(): `connection` and the parser that holds the head.
std::unique_ptr<Stream> make_live_stream(
    std::unique_ptr<Connection> connection, HeadParser&& head, const std::string& server
);

}  // namespace http
