#include "agent/commands/trial.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <utility>

#include "agent/commands/problems.hpp"
#include "agent/config.hpp"
#include "mime/domain.hpp"

namespace agent {

namespace {

void say(std::string_view text) {
    fmt::print(stderr, "mailferry: {}\n", text);
}

/// A URL as it is, or the one of a <crm name="…"> of the configuration.
std::optional<std::string> crm_url(const TrialOptions& options, int& exit) {
    if (options.config.empty() || options.crm.find(':') != std::string::npos) return options.crm;
    const auto config = load_config(options.config);
    exit = 2;
    if (!config) {
        exit = complain(config.error());
        return std::nullopt;
    }
    for (const CrmConfig& crm : config->crms) {
        if (crm.name != options.crm) continue;
        exit = 0;
        return crm.url;
    }
    say(fmt::format("{}: there is no <crm name=\"{}\">", options.config, options.crm));
    return std::nullopt;
}

}  // namespace

void add_policy_option(
    CLI::App& command, const std::string& name, std::string& file, const std::string& help
) {
    command.add_option(name, file, help)->required()->type_name("FILE");
}

std::optional<rules::Policy> open_policy(const std::string& file, int& exit) {
    auto policy = load_policy(file);
    if (policy) return std::move(*policy);
    exit = complain(policy.error());
    return std::nullopt;
}

void add_trial_options(CLI::App& command, TrialOptions& options) {
    command
        .add_option(
            "--crm", options.crm, "sqlite:PATH, or the name of a <crm> in the configuration"
        )
        ->required()
        ->type_name("URL");
    command.add_option("--config", options.config, "The configuration that names the CRM")
        ->type_name("FILE");
    command
        .add_option("--mailbox", options.mailbox, "The mailbox in which the mail is said to lie")
        ->type_name("ADDRESS");
    command
        .add_option(
            "--folder",
            options.folder,
            "The role of its folder: create-new/email (default), create-new/opportunity, "
            "create-new/case, create-new/project, create-new/quote, assign-to/KIND/ID, inbox, "
            "sent-items"
        )
        ->type_name("ROLE");
    command
        .add_option(
            "--category",
            options.categories,
            "A category that the mail carries, such as the one that Inbox and Sent Items require; repeatable"
        )
        ->type_name("NAME");
    command.add_flag("--json", options.json, "One JSON object per message, one per line");
}

std::optional<Trial> open_trial(
    const TrialOptions& options, crm::embedded::Opening opening, int& exit
) {
    Trial trial;
    exit = 2;
    const std::optional<rules::Role> role = rules::role(options.folder);
    if (!role) {
        say(fmt::format("--folder {}: no such role; see --help", options.folder));
        return std::nullopt;
    }
    trial.item.role = *role;
    trial.item.categories = options.categories;
    if (!options.mailbox.empty() && mime::domain_of(options.mailbox).empty()) {
        say(fmt::format("--mailbox {}: this is no mail address; write name@domain", options.mailbox));
        return std::nullopt;
    }
    if (!options.mailbox.empty()) {
        trial.item.owner.addresses.push_back(mime::comparable_address(options.mailbox));
    }
    const std::optional<std::string> url = crm_url(options, exit);
    if (!url) return std::nullopt;
    exit = 2;
    const auto path = crm::embedded::database_path(*url);
    if (!path) {
        say(path.error().text);
        return std::nullopt;
    }
    auto crm = crm::embedded::open_embedded(*url, opening);
    if (!crm) {
        say(crm.error().text);
        exit = 3;
        return std::nullopt;
    }
    trial.crm = std::move(*crm);
    exit = 0;
    return trial;
}

}  // namespace agent
