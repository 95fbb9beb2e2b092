// The part of the simulator that counts requests and lets things go wrong.
#include <fmt/format.h>

#include "ews/simulator/fault_script.hpp"
#include "ews/simulator/simulator_parts.hpp"

namespace ews::simulator {

std::size_t Simulator::requests(std::string_view operation) const {
    const std::lock_guard lock(implementation_->guard);
    const auto& all = implementation_->organization.requests;
    const auto found = all.find(std::string(operation));
    return found == all.end() ? 0 : found->second;
}

std::map<std::string, std::size_t> Simulator::requests() const {
    const std::lock_guard lock(implementation_->guard);
    return implementation_->organization.requests;
}

void Simulator::inject(std::string operation, Fault fault, std::size_t times) {
    const std::lock_guard lock(implementation_->guard);
    Occasion when;
    when.times = times;
    implementation_->organization.faults.add({std::move(operation), when, std::move(fault)});
}

void Simulator::inject(std::string_view script) {
    auto read = read_fault_script(script);
    if (!read.problems.empty())
        throw std::invalid_argument(fmt::format("{}", fmt::join(read.problems, "\n")));
    const std::lock_guard lock(implementation_->guard);
    for (auto& planned : read.faults) implementation_->organization.faults.add(std::move(planned));
}

void Simulator::heal() {
    const std::lock_guard lock(implementation_->guard);
    implementation_->organization.faults.clear();
}

void Simulator::on_request(RequestWitness witness) {
    const std::lock_guard lock(implementation_->guard);
    implementation_->organization.witness = std::move(witness);
}

void Simulator::drop_subscriptions() {
    const std::lock_guard lock(implementation_->guard);
    implementation_->organization.subscriptions.clear();
}

void Simulator::forget_sync_states() {
    const std::lock_guard lock(implementation_->guard);
    ++implementation_->organization.sync_generation;
}

}  // namespace ews::simulator
