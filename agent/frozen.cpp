#include "agent/frozen.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <vector>

#include "agent/utc_text.hpp"

namespace agent {

namespace {

using States = std::map<std::string, MailboxState>;

bool is_frozen(const States& states, const std::string& mailbox, const std::string& category) {
    const auto state = states.find(mailbox);
    if (state == states.end() || state->second.category.empty()) return false;
    return state->second.category != category && state->second.accepted != category;
}

Error frozen(
    const PolicyConfig& policy, const std::string& mailbox, const MailboxState& state, const std::string& file
) {
    return {
        errc::permanent,
        fmt::format(
            "{}: the category is \"{}\", but the folders of {} were made as \"{}\" on {}, and the name is frozen since "
            "then: write it back, or, to have the folders renamed in every mailbox, run: mailferry policy reinitialise "
            "--category --config {}",
            policy.file,
            policy.policy.category.name,
            mailbox,
            state.category,
            utc_text(std::chrono::floor<std::chrono::seconds>(state.frozen)).substr(0, 10),
            file.empty() ? "FILE" : file
        ),
        {}
    };
}

}  // namespace

Result<void> check_frozen(const Config& config, Journal& journal, const std::string& file) {
    const Result<States> states = journal.mailboxes();
    if (!states) return states.error();
    for (const PolicyConfig& policy : config.policies) {
        if (!policy.policy.enabled) continue;
        for (const MailboxConfig& mailbox : policy.mailboxes) {
            const std::string& name = mailbox.addresses.front();
            if (!is_frozen(*states, name, policy.policy.category.name)) continue;
            return frozen(policy, name, states->at(name), file);
        }
    }
    return {};
}

std::optional<Error> frozen_beside(const Config& config, const std::string& file) {
    const Result<std::unique_ptr<Journal>> journal = Journal::open_beside(config.journal);
    if (!journal) return std::nullopt;
    const Result<void> checked = check_frozen(config, **journal, file);
    if (checked || checked.error().code == errc::journal) return std::nullopt;
    return checked.error();
}

Result<std::vector<std::string>> to_rename(const PolicyConfig& policy, Journal& journal) {
    const Result<States> states = journal.mailboxes();
    if (!states) return states.error();
    std::vector<std::string> mailboxes;
    for (const MailboxConfig& mailbox : policy.mailboxes) {
        const std::string& name = mailbox.addresses.front();
        if (is_frozen(*states, name, policy.policy.category.name)) mailboxes.push_back(name);
    }
    return mailboxes;
}

}  // namespace agent
