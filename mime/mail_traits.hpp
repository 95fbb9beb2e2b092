// What kind of mail it is, by its header and its parts: replies of machines, lists, bounces,
// invitations. Shown by `mailferry parse`.
#pragma once

#include <string>
#include <vector>

#include "mime/message.hpp"

namespace agent {

/// Of "auto-reply", "bulk", "list", "bounce", "invite", "receipt", "signed", "encrypted", in this
/// order.
std::vector<std::string> mail_traits(const mime::Message& message);

}  // namespace agent
