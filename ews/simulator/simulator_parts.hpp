// What a Simulator is made of. For simulator.cpp and simulator_faults.cpp only.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <mutex>
#include <stdexcept>

#include "ews/simulator/server.hpp"

namespace ews::simulator {

struct Simulator::Implementation {
    Options options;
    mutable std::mutex guard;
    Organization organization;
    std::unique_ptr<Server> server;

    Mailbox& mailbox(std::string_view address) {
        auto* const found = organization.mailbox(address);
        if (found == nullptr) throw std::invalid_argument(fmt::format("no mailbox {}", address));
        return *found;
    }
};

}  // namespace ews::simulator
