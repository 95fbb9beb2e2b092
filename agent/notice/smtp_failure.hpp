// What libcurl and an SMTP server said, as what the agent does about it and what an admin can do.
// Pure; separate from the dialogue so that every way to fail is a line of a test.
#pragma once

#include <curl/curl.h>

#include <string>

#include "agent/config.hpp"
#include "agent/error.hpp"

namespace agent {

/// The last reply of the server, and where in the dialogue it stands.
struct SmtpReply {
    int code = 0;      ///< 0: there was none
    std::string text;  ///< "550 5.1.1 no such user", one line, printable, without secrets
    bool is_greeting = false;
    bool after_data = false;  ///< the mail was on its way
};

/// "mail.us.example:587"
std::string smtp_server(const SmtpConfig& config);

/// @param detail  of libcurl's error buffer
Error smtp_failure(
    const SmtpConfig& config,
    const std::string& to,
    CURLcode code,
    std::string detail,
    const SmtpReply& reply
);

}  // namespace agent
