#include "rules/match/account.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/match/tie_break.hpp"

namespace rules {

bool has_account(const std::string& domain) {
    if (domain.find('.') == std::string::npos || domain.starts_with('[')) return false;
    return domain.find_first_not_of("0123456789.") != std::string::npos;
}

AccountMatch match_account(
    const std::string& domain,
    const std::vector<Account>& accounts,
    const CreationOptions& options,
    Trace& trace
) {
    if (!accounts.empty()) {
        const auto& account = *std::ranges::min_element(
            accounts, [](const Account& a, const Account& b) { return lower_id(a.id, b.id); }
        );
        const auto seen =
            accounts.size() == 1
                ? account.id
                : fmt::format("{} accounts, lowest id {}", accounts.size(), account.id);
        trace.push_back({"account", domain, seen, "the new contact belongs to it"});
        return {Reference{RecordKind::account, account.id, false}, std::nullopt};
    }
    if (!options.accounts) {
        trace.push_back({"account", domain, "none", "none is created (accounts=\"false\")"});
        return {};
    }
    trace.push_back({"account", domain, "none", "created"});
    Create create;
    create.kind = RecordKind::account;
    create.key = "account:" + domain;
    create.name = domain;
    create.fields = {{"domain", domain}};
    return {Reference{RecordKind::account, create.key, true}, std::move(create)};
}

}  // namespace rules
