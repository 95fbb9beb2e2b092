// Which mail is this: the same text for every copy of one mail, in whichever mailbox it lies. Keys
// of idempotency are made from it, so it must not depend on boundaries or encodings that servers
// rewrite.
#pragma once

#include <string>

#include "mime/message.hpp"

namespace mime {

/// "mid:<id>#…" where the mail carries a Message-ID of its own, with a hash of date, sender and
/// subject, because different mails do carry one id (software with a constant one, forgers). Where
/// a server replaced the id and kept the first one in the header, that one counts.
///
/// Else "content:" and a 128-bit hash of date, sender, subject, text without white space, and the
/// decoded files in any order. A footer that a list appends makes another mail of it: to guess
/// where a text ends would let different mails pass for one, which loses one.
/// Of a mail without a Message-ID that has HTML alone, the text is html_to_text's without white
/// space: a change of what that shows gives such mails another print.
std::string fingerprint(const Message& message);

}  // namespace mime
