// What kind of mail it is, by its header and its parts: replies of machines, lists, bounces,
// invitations. Shown by `mailferry parse`, looked at by rules/evaluate.
#pragma once

#include <string>
#include <vector>

#include "mime/message.hpp"

namespace mime {

struct Trait {
    std::string name;
    std::string why;  ///< one short line: "List-Id: <x.example>", "part 1.2: METHOD:REQUEST"
    bool operator==(const Trait&) const = default;
};

/// Each at most once, in this order:
/// - "auto-reply": a machine wrote it (RFC 3834), in answer or by itself;
/// - "bulk": one text for many;
/// - "list": through a mailing list (RFC 2369, RFC 2919);
/// - "bounce": whether a mail was delivered (RFC 3464), also without such a report;
/// - "invite": asks for or answers a meeting (RFC 6047); a calendar that merely tells is a file;
/// - "receipt": whether a mail was read (RFC 8098);
/// - "notice": Mailferry itself wrote it, to an admin;
/// - "signed", "encrypted": S/MIME and OpenPGP, nothing is verified;
/// - "spam": a filter on the way said so.
std::vector<Trait> mail_traits(const Message& message);

}  // namespace mime
