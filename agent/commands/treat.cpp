#include "agent/commands/treat.hpp"

#include <chrono>
#include <utility>

#include "agent/decide.hpp"

namespace agent {

namespace {

/// A mail that could not be treated, in the form of all others.
Treated failure(const Error& error) {
    Treated treated;
    treated.decision.verdict = rules::Verdict::fail;
    treated.decision.reason = error.text;
    return treated;
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

crm::overlay::Overlay overlay_above(crm::Directory& base) { return {base, now}; }

boost::asio::awaitable<Treated> treat(
    const rules::Policy& policy, const ReadMail& read, Target target
) {
    Result<rules::Decision> decision = co_await decide(policy, read, target.directory);
    if (!decision) co_return failure(decision.error());
    Treated treated;
    treated.decision = std::move(*decision);
    if (treated.decision.verdict != rules::Verdict::archive) co_return treated;
    Result<Archived> archived =
        co_await archive_mail(treated.decision, read, policy.permission_errors, target.archive);
    if (!archived) co_return failure(archived.error());
    treated.archived = std::move(*archived);
    co_return treated;
}

}  // namespace agent
