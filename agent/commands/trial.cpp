#include "agent/commands/trial.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
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
std::optional<std::string> crm_url(const TrialOptions& options, const std::optional<Config>& config) {
    if (!config || options.crm.find(':') != std::string::npos) return options.crm;
    for (const CrmConfig& crm : config->crms) {
        if (crm.name == options.crm) return crm.url;
    }
    say(fmt::format("{}: there is no <crm name=\"{}\">", options.config, options.crm));
    return std::nullopt;
}

/// The mailbox with the aliases that the configuration gives it, as the agent knows it.
std::vector<std::string> addresses_of(
    const TrialOptions& options, const std::optional<Config>& config
) {
    const std::string address = mime::comparable_address(options.mailbox);
    if (!config) return {address};
    for (const PolicyConfig& policy : config->policies) {
        for (const MailboxConfig& mailbox : policy.mailboxes) {
            const auto& all = mailbox.addresses;
            if (std::ranges::find(all, address) != all.end()) return all;
        }
    }
    say(fmt::format("--mailbox {}: is not in {}; taken as it is", options.mailbox, options.config));
    return {address};
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
    command.add_option("--config", options.config, "The configuration that names the CRM and the aliases of the mailbox")
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
        ->allow_extra_args(false)  // what follows is a mail
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
        say(fmt::format(
            "--folder {}: no such role; write create-new/email, create-new/opportunity, create-new/case, "
            "create-new/project, create-new/quote, assign-to/KIND/ID, inbox or sent-items",
            options.folder
        ));
        return std::nullopt;
    }
    trial.item.role = *role;
    trial.item.categories = options.categories;
    if (!options.mailbox.empty() && mime::domain_of(options.mailbox).empty()) {
        say(fmt::format("--mailbox {}: this is no mail address; write name@domain", options.mailbox));
        return std::nullopt;
    }
    std::optional<Config> config;
    if (!options.config.empty()) {
        auto loaded = load_config(options.config);
        if (!loaded) {
            exit = complain(loaded.error());
            return std::nullopt;
        }
        config = std::move(*loaded);
    }
    if (!options.mailbox.empty()) trial.item.owner.addresses = addresses_of(options, config);
    const std::optional<std::string> url = crm_url(options, config);
    if (!url) return std::nullopt;
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
