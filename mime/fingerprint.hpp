// Which mail is this: the same text for every copy of one mail, in whichever mailbox it lies. Keys
// of idempotency are made from it, so it must not depend on boundaries or encodings that servers
// rewrite.
#pragma once

#include <string>

#include "mime/message.hpp"

namespace mime {

/// "mid:<id>#…" where the mail carries a Message-ID of its own, with a hash of date, sender and subject, because
/// different mails do carry one id (software with a constant one, forgers); else "content:" and a 128-bit hash of
/// date, sender, subject and normalised text.
std::string fingerprint(const Message& message);

}  // namespace mime
