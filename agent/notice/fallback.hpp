// Two ways to send: the second where the first fails. So admins hear of it too when it is Exchange
// that is away.
#pragma once

#include <memory>

#include "agent/notice/sender.hpp"

namespace agent {

class Fallback final : public Sender {
public:
    /// Neither is null.
    Fallback(std::unique_ptr<Sender> first, std::unique_ptr<Sender> second);

    /// Whatever the first fails with, but for errc::cancelled: that we are stopping. Where both
    /// fail, the text has both, and the code is the one that gives hope.
    boost::asio::awaitable<Result<void>> send(Notice notice, std::string to) override;
    void stop() override;

private:
    std::unique_ptr<Sender> first_, second_;
    bool stopped_ = false;
};

}  // namespace agent
