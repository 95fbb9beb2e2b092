// What the server tells of a mail beside its bytes: agent/ews_mailbox hears it, agent/read_mail
// adds it to what the mail says.
#pragma once

#include <string>
#include <string_view>

#include "agent/x500_name.hpp"

namespace agent {

struct ServerWords {
    AddressBook addresses;
    std::string remark;  ///< on how the bytes came about; "" where there is nothing to remark
};

}  // namespace agent
