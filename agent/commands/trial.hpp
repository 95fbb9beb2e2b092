// What `explain` and `replay` have in common: a policy, a CRM and the place where a mail is said to lie, from the
// command line.
#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <optional>
#include <string>

#include "agent/read_mail.hpp"
#include "crm/embedded/embedded.hpp"
#include "rules/policy.hpp"

namespace agent {

struct TrialOptions {
    std::string policy, crm, config, mailbox;
    std::string folder = "create-new/email";
    bool json = false;
};

/// Adds --policy, --crm, --config, --mailbox, --folder, --json.
void add_trial_options(CLI::App& command, TrialOptions& options);

/// What the options name, opened and checked.
struct Trial {
    rules::Policy policy;
    std::unique_ptr<crm::embedded::Embedded> crm;
    rules::ItemProperties item;
};

/// Says on standard error what is wrong and sets `exit`; nothing then.
std::optional<Trial> open_trial(
    const TrialOptions& options, crm::embedded::Opening opening, int& exit
);

}  // namespace agent
