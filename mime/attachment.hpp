// The decoded bytes of an attachment, whole or in slices (a 60 MB attachment is never held twice).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "mime/message.hpp"

namespace mime {

/// Calls `take` with consecutive decoded slices (each at most 64 KiB). Returns the number of
/// decoded bytes.
std::size_t decode(const Attachment& attachment, const std::function<void(std::string_view)>& take);

/// The decoded bytes as one string.
std::string decode(const Attachment& attachment);

}  // namespace mime
