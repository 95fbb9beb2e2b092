// Who has how much of the server at the moment, against Budget. A claim gives back what it took
// when it goes. Used by sessions, on the thread of the server.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ews/simulator/simulator.hpp"

namespace ews::simulator {

enum class Resource { connection, request, stream };

/// Must not outlive its ledger.
using Claim = std::unique_ptr<std::size_t, void (*)(std::size_t*)>;

class Ledger {
public:
    explicit Ledger(const Budget& budget) : budget_(budget) {}

    /// Nothing: the user has as much as it may have.
    std::optional<Claim> claim(const std::string& user, Resource resource);
    const Budget& budget() const { return budget_; }

private:
    std::size_t limit(Resource resource) const;

    Budget budget_;
    std::map<std::string, std::array<std::size_t, 3>> used_;
};

}  // namespace ews::simulator
