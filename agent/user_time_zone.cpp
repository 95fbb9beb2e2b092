#include "agent/user_time_zone.hpp"

#include <utility>

namespace agent {

boost::asio::awaitable<Result<std::string>> user_time_zone(crm::Directory& directory, std::string mailbox) {
    rules::Need need;
    need.people.insert(mailbox);
    crm::Result<rules::Facts> facts = co_await directory.answer(std::move(need));
    if (!facts) co_return from(facts.error());
    std::string zone;
    for (const rules::User& user : facts->people[mailbox].users) {
        if (zone.empty()) zone = user.time_zone;
    }
    co_return zone;
}

}  // namespace agent
