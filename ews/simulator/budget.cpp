#include "ews/simulator/budget.hpp"

namespace ews::simulator {

std::size_t Ledger::limit(Resource resource) const {
    switch (resource) {
        case Resource::connection:
            return budget_.connections;
        case Resource::request:
            return budget_.requests;
        case Resource::stream:
            break;
    }
    return budget_.streams;
}

std::optional<Claim> Ledger::claim(const std::string& user, Resource resource) {
    auto& used = used_[user][static_cast<std::size_t>(resource)];
    if (const auto most = limit(resource); most != 0 && used >= most) return std::nullopt;
    ++used;
    return Claim(&used, [](std::size_t* taken) { --*taken; });
}

}  // namespace ews::simulator
