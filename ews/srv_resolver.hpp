// Asks the DNS for SRV records through the C library, which can only wait: hence a thread of its
// own. Apart from ews/srv_record, which reads what comes back.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ews/srv_record.hpp"

namespace ews {

struct NameServer {
    std::string address;  ///< IPv4
    std::uint16_t port = 53;
};

class SrvResolver {
public:
    /// @param server  instead of those of the system
    explicit SrvResolver(std::optional<NameServer> server = std::nullopt);
    /// Waits for a look-up under way, 10 s or so; the executors of the callers must still exist.
    ~SrvResolver();

    /// Of a whole name ("_autodiscover._tcp.example.com"), no search list. Empty if the DNS knows
    /// none; errc::unreachable if it does not answer. The caller resumes on its own executor.
    boost::asio::awaitable<Result<std::vector<SrvRecord>>> look_up(std::string name);

private:
    std::optional<NameServer> server_;
    boost::asio::thread_pool thread_{1};
};

}  // namespace ews
