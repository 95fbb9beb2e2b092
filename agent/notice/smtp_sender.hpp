// Sends notices through an SMTP server. libcurl waits on a thread of its own, never on the one that
// does the I/O of all mailboxes. The io_context of its callers outlives it.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <string>

#include "agent/config.hpp"
#include "agent/notice/sender.hpp"
#include "agent/notice/smtp_call.hpp"
#include "agent/secret.hpp"

namespace agent {

class SmtpSender final : public Sender {
public:
    /// @param password  read from config.password at the start; empty without a user
    SmtpSender(SmtpConfig config, Secret password, SmtpTimes times = {});
    /// Ends what is under way with errc::cancelled; waits for that (see smtp_call).
    ~SmtpSender() override;
    SmtpSender(const SmtpSender&) = delete;
    SmtpSender& operator=(const SmtpSender&) = delete;

    /// errc::unreachable, transient and permanent as the server means it; denied for a login or
    /// certificate.
    boost::asio::awaitable<Result<void>> send(Notice notice, std::string to) override;
    void stop() override { stop_ = true; }

private:
    SmtpConfig config_;
    Secret password_;
    SmtpTimes times_;
    std::atomic<bool> stop_ = false;
    boost::asio::thread_pool thread_{1};
};

}  // namespace agent
