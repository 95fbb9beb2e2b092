#include "ews/simulator/organization.hpp"

namespace ews::simulator {

void Organization::add_mailbox(std::string address, std::string password) {
    const auto sink = [this, address](const Event& event) {
        subscriptions.publish(address, event);
    };
    mailboxes_.push_back(std::make_unique<Mailbox>(address, sink));
    accounts_.push_back({std::move(address), std::move(password), false});
}

void Organization::add_service_account(std::string name, std::string password) {
    accounts_.push_back({std::move(name), std::move(password), true});
}

const Account* Organization::authenticate(std::string_view authorization) const {
    constexpr std::string_view scheme = "basic ";
    if (!equal_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return nullptr;
    const auto credentials = decode_base64(authorization.substr(scheme.size()));
    if (!credentials) return nullptr;
    const auto colon = credentials->find(':');
    if (colon == std::string::npos) return nullptr;
    for (const auto& account : accounts_) {
        const auto name = std::string_view(*credentials).substr(0, colon);
        if (equal_ignoring_case(account.name, name))
            return credentials->substr(colon + 1) == account.password ? &account : nullptr;
    }
    return nullptr;
}

Mailbox* Organization::mailbox(std::string_view address) {
    for (const auto& each : mailboxes_)
        if (equal_ignoring_case(each->address(), address)) return each.get();
    return nullptr;
}

void Organization::inject(std::string operation, Fault fault, std::size_t times) {
    faults_.push_back({std::move(operation), std::move(fault), times});
}

std::optional<Fault> Organization::take_fault(std::string_view operation) {
    for (auto planned = faults_.begin(); planned != faults_.end(); ++planned) {
        if (planned->operation != "*" && planned->operation != operation) continue;
        auto fault = planned->fault;
        if (planned->times <= 1)
            faults_.erase(planned);
        else
            --planned->times;
        return fault;
    }
    return std::nullopt;
}

}  // namespace ews::simulator
