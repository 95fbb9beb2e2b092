// What kind of mail it is, by its header and its parts: replies of machines, lists, bounces,
// invitations. Shown by `mailferry parse`, looked at by rules/evaluate.
#pragma once

#include <string>
#include <vector>

#include "mime/message.hpp"

namespace mime {

/// Of "auto-reply", "bulk", "list", "bounce", "invite", "receipt", "signed", "encrypted", in this
/// order.
std::vector<std::string> mail_traits(const Message& message);

}  // namespace mime
