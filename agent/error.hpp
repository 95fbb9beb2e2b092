// What can stop the agent on the way from a mailbox to the CRM, as a value: what to do about it (the code)
// and what to tell the admin (the text). Errors of http, ews and crm end up here.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "crm/error.hpp"
#include "ews/error.hpp"

namespace agent {

enum class errc {
    unreachable,        ///< the server or CRM as a whole: wait; says nothing about the mail
    transient,          ///< this mail, at this moment: try again later
    permanent,          ///< this mail cannot succeed as it is
    gone,               ///< the item is not where it was
    outdated,           ///< the decision refers to a record that is no longer there: decide anew
    parked,             ///< the policy does not want this mail now: leave it where it is and look again
    unmatched,          ///< nobody matches this mail yet, and the policy wants it tried again
    braked,             ///< too many of its sender or conversation at once: wait, and call an admin
    overtaken,          ///< another process (`queue`) has changed the job: leave it alone
    denied,             ///< wrong password, missing right, untrusted certificate: an admin must act
    subscription_lost,  ///< subscribe anew, then read every folder
    sync_state_lost,    ///< read the folder from the beginning
    journal,            ///< the journal cannot be read or written: stop rather than forget
    cancelled,          ///< we are stopping
};

struct Error {
    errc code = errc::transient;
    std::string text;
    std::optional<std::chrono::milliseconds> back_off;  ///< as the server asked
    bool answered_busy = false;  ///< ErrorServerBusy: once and again for one mail, it means that mail
    bool login_refused = false;  ///< by Exchange: whoever goes on asking may lock the account
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = boost::system::result<T, Error>;

/// Its text ends with what an admin must do, where the table of ews/response_code knows that.
Error from(const ews::Error& error);
Error from(const crm::Error& error);

[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

}  // namespace agent
