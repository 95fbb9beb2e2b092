// mime::Message and the item's properties -> rules::Mail.
#pragma once

#include <string>
#include <vector>

#include "mime/message.hpp"
#include "rules/mail.hpp"

namespace rules {

/// What the mailbox knows of the item beside its MIME.
struct ItemProperties {
    Owner owner;
    Role role;
    std::vector<std::string> categories;
};

/// Direction is `sent` where From is one of the owner's addresses.
/// `files`: mime::files_of the message.
Mail mail_view(
    const mime::Message& message,
    const std::vector<mime::Attachment>& files,
    const ItemProperties& item
);

}  // namespace rules
