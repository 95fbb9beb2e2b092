// How a notice goes out. Abstract because there are several ways (EWS, SMTP, the second where the
// first fails), and none in most tests (tests/fakes/notice_sender.hpp).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "agent/error.hpp"
#include "agent/notice/notice.hpp"

namespace agent {

class Sender {
public:
    virtual ~Sender() = default;
    /// To one recipient, so that one bad address does not stop the others. A failure may hide that
    /// the mail was taken (its answer was lost): send the same notice again.
    virtual boost::asio::awaitable<Result<void>> send(Notice notice, std::string to) = 0;
    /// Ends what is under way as soon as it can; nothing is sent any more.
    virtual void stop() {}
};

}  // namespace agent
