// A node of the MIME tree, before it is decoded: what outline makes of the bytes, and what
// read_message turns into a Message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mime/message.hpp"
#include "mime/parameter.hpp"

namespace mime {

struct Entity {
    std::vector<HeaderField> fields;  ///< of a part those of MIME alone, "Content-…"
    ParameterValue type;        ///< Content-Type, or its default (RFC 2045 §5.2, RFC 2046 §5.1.5)
    std::string_view body;      ///< of a leaf: the bytes of the mail, still transfer-encoded
    std::vector<Entity> parts;  ///< of a multipart

    bool is_multipart() const { return type.value.starts_with("multipart/"); }
};

}  // namespace mime
