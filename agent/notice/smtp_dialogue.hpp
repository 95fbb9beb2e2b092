// What libcurl's callbacks share while one mail is sent: the bytes still to be sent, and what the
// server said last. Separate from smtp_call because it is pure, and because a secret must not get
// out here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "agent/notice/smtp_failure.hpp"
#include "agent/secret.hpp"

namespace agent {

class SmtpDialogue {
public:
    /// Both outlive it.
    SmtpDialogue(std::string_view mail, const Secret& password)
        : unsent_(mail), password_(password) {}

    /// Copies up to `room` bytes of the mail; how many.
    std::size_t give(char* to, std::size_t room);
    /// A line that the server said: "250-SIZE", "250 OK".
    void take_line(std::string_view line);

    /// The last reply but that to QUIT; only its code where the text holds the password.
    SmtpReply last_reply(const std::string& user) const;

private:
    bool repeats_secret(const std::string& user) const;

    std::string_view unsent_;
    const Secret& password_;
    std::string reply_;  ///< all lines
    bool reply_ended_ = true;
    int replies_ = 0;
    bool data_begun_ = false;
};

}  // namespace agent
