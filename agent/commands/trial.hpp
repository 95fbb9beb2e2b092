// What `explain`, `replay` and `compare` have in common: policies, a CRM and the place where a mail is said to lie,
// from the command line.
#pragma once

#include <CLI/App.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/read_mail.hpp"
#include "crm/embedded/embedded.hpp"
#include "rules/policy.hpp"

namespace agent {

/// Adds a required option that names a policy file.
void add_policy_option(
    CLI::App& command, const std::string& name, std::string& file, const std::string& help
);

/// Reads and checks. Says on standard error what is wrong and sets `exit`; nothing then.
std::optional<rules::Policy> open_policy(const std::string& file, int& exit);

struct TrialOptions {
    std::string crm, config, mailbox;
    std::string folder = "create-new/email";
    std::vector<std::string> categories;
    bool json = false;
};

/// Adds --crm, --config, --mailbox, --folder, --category, --json.
void add_trial_options(CLI::App& command, TrialOptions& options);

/// What the options name, opened and checked.
struct Trial {
    /// The first, because it outlives the CRM, whose thread posts to it.
    std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>();
    std::unique_ptr<crm::embedded::Embedded> crm;
    rules::ItemProperties item;
};

/// As open_policy.
std::optional<Trial> open_trial(
    const TrialOptions& options, crm::embedded::Opening opening, int& exit
);

}  // namespace agent
