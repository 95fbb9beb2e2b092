// Sends notices from a mailbox by EWS, exactly once as far as Exchange can tell: the copy in Sent
// Items carries a mark of notice and recipient, and is looked for before and after.
#pragma once

#include <string>

#include "agent/notice/sender.hpp"
#include "ews/client.hpp"

namespace agent {

class EwsSender final : public Sender {
public:
    /// All calls come from the one thread of the io_context; the transport outlives it.
    /// @param options  how to act as `mailbox` (agent/connection, client_options)
    /// @param mailbox  its address, which the mails come from
    EwsSender(http::Transport& transport, ews::ClientOptions options, std::string mailbox);

    boost::asio::awaitable<Result<void>> send(Notice notice, std::string to) override;

private:
    boost::asio::awaitable<Result<bool>> was_sent(std::string mark);
    boost::asio::awaitable<Result<void>> create(std::string mime, std::string mark);

    Error from_mailbox(Error error) const;

    ews::Client client_;
    std::string mailbox_;
};

}  // namespace agent
