// Bytes -> Message. Total: every input gives a Message, never an exception; what was wrong is in
// Message::problems. The only user of mimetic, which sees nothing that mime/outline has not let
// through.
#pragma once

#include <string_view>

#include "mime/message.hpp"

namespace mime {

/// Reads a mail (RFC 5322, MIME). `bytes` must outlive the result and every copy of it.
Message parse(std::string_view bytes);

}  // namespace mime
