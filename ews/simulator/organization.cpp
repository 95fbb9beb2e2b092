#include "ews/simulator/organization.hpp"

#include <algorithm>

namespace ews::simulator {

bool may_act_for(const Account& account, std::string_view mailbox) {
    if (!account.is_service && equal_ignoring_case(account.name, mailbox)) return true;
    if (!account.rights) return account.is_service;
    return std::any_of(account.rights->begin(), account.rights->end(), [mailbox](const auto& each) {
        return equal_ignoring_case(each, mailbox);
    });
}

void Organization::add_mailbox(std::string address, std::string password) {
    const auto sink = [this, address](const Event& event) {
        subscriptions.publish(address, event);
    };
    mailboxes_.push_back(std::make_unique<Mailbox>(address, sink));
    accounts_.push_back({std::move(address), std::move(password), false, {}});
}

void Organization::add_service_account(std::string name, std::string password) {
    accounts_.push_back({std::move(name), std::move(password), true, {}});
}

bool Organization::allow(std::string_view account, std::vector<std::string> mailboxes) {
    for (auto& each : accounts_) {
        if (!equal_ignoring_case(each.name, account)) continue;
        each.rights = std::move(mailboxes);
        return true;
    }
    return false;
}

const Account* Organization::authenticate(std::string_view authorization) const {
    constexpr std::string_view scheme = "basic ";
    if (!equal_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return nullptr;
    const auto credentials = decode_base64(authorization.substr(scheme.size()));
    if (!credentials) return nullptr;
    const auto colon = credentials->find(':');
    if (colon == std::string::npos) return nullptr;
    const auto* const found = account(std::string_view(*credentials).substr(0, colon));
    return found != nullptr && credentials->substr(colon + 1) == found->password ? found : nullptr;
}

const Account* Organization::account(std::string_view name) const {
    for (const auto& each : accounts_)
        if (equal_ignoring_case(each.name, name)) return &each;
    return nullptr;
}

Mailbox* Organization::mailbox(std::string_view address) {
    for (const auto& each : mailboxes_)
        if (equal_ignoring_case(each->address(), address)) return each.get();
    return nullptr;
}

}  // namespace ews::simulator
