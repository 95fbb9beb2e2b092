// One mail to one recipient over SMTP, by libcurl: connects, secures, logs in, sends, and waits.
// The only place that sees how libcurl is set up. Used by SmtpSender, on its thread.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "agent/config.hpp"
#include "agent/error.hpp"
#include "agent/limits.hpp"
#include "agent/secret.hpp"

namespace agent {

struct SmtpTimes {
    std::chrono::milliseconds connect = limits::smtp_connect_deadline;
    std::chrono::milliseconds whole = limits::notice_deadline;
};

struct SmtpMail {
    std::string from, to;  ///< addresses (is_sendable)
    std::string mime;      ///< lines end in CRLF
};

/// Certificates are verified always; without TLS it speaks to loopback hosts only. Blocks; set
/// `stop` from another thread to end it (errc::cancelled) within a second or so, but not before the
/// system's name look-up.
Result<void> smtp_call(
    const SmtpConfig& config,
    const Secret& password,
    const SmtpTimes& times,
    const SmtpMail& mail,
    const std::atomic<bool>& stop
);

}  // namespace agent
