// Mail on its way into mailboxes: from outside, and sent by one mailbox of the server to others.
#pragma once

#include <string>

#include "ews/simulator/organization.hpp"

namespace ews::simulator {

/// An unread mail as it arrives now.
Item new_mail(std::string mime);
const Item& deliver(Mailbox& mailbox, const Folder& folder, std::string mime);
/// To the Inbox of every To, Cc and Bcc recipient that has a mailbox here, without the Bcc field;
/// other addresses are outside and get nothing.
void send(Organization& organization, const Content& content);

}  // namespace ews::simulator
