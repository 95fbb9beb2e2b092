// A node of the MIME tree, before it is decoded: what prescan and mimetic produce alike, and what
// read_message turns into a Message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mime/message.hpp"
#include "mime/parameter.hpp"

namespace mime {

struct Entity {
    std::vector<HeaderField> fields;
    ParameterValue type;        ///< Content-Type, or its default (RFC 2045 §5.2, RFC 2046 §5.1.5)
    std::string_view body;      ///< of a leaf: the bytes of the mail, still transfer-encoded
    std::vector<Entity> parts;  ///< of a multipart

    bool is_multipart() const { return type.value.starts_with("multipart/"); }
};

/// Content-Type of an entity; `fallback` where there is none or it makes no sense.
ParameterValue content_type(const std::vector<HeaderField>& fields, std::string_view fallback);

}  // namespace mime
