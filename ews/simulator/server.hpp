// The network side: HTTP and HTTPS, logins, keep-alive, and the endless replies of
// GetStreamingEvents. One thread of its own; everything it knows lies in the Organization, which
// outlives it.
#pragma once

#include <memory>
#include <mutex>

#include "ews/simulator/organization.hpp"

namespace ews::simulator {

class Server {
public:
    /// Listens at once; throws as Simulator::start does. `guard` protects `organization`; both must
    /// outlive the server.
    Server(const Options& options, Organization& organization, std::mutex& guard);
    /// Ends all connections.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    unsigned short port() const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace ews::simulator
