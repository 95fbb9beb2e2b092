// The decoded bytes of an attachment, whole or in slices (a 60 MB attachment is never held twice).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "mime/message.hpp"

namespace mime {

/// What decoding an attachment came to.
struct Decoding {
    std::size_t bytes = 0;   ///< decoded
    std::size_t errors = 0;  ///< in its transfer encoding; the bytes are what could be made of it
    bool operator==(const Decoding&) const = default;
};

/// Calls `take` with consecutive decoded slices (each at most 64 KiB).
Decoding decode(const Attachment& attachment, const std::function<void(std::string_view)>& take);

/// The decoded bytes as one string.
std::string decode(const Attachment& attachment);

}  // namespace mime
