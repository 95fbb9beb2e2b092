// MIME tree -> Message: decodes fields and bodies, tells bodies from attachments. Separate from
// parse, which only takes the mail apart.
#pragma once

#include "mime/entity.hpp"
#include "mime/message.hpp"

namespace mime {

/// Views of the attachments are those of the tree's bodies.
Message read_message(Entity root, std::vector<Problem> problems);

}  // namespace mime
