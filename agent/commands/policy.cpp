// `mailferry policy`: the life of a policy. What the running agent has to do is left in its journal; it looks there
// every second.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/command.hpp"
#include "agent/commands/problems.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/config.hpp"
#include "agent/file.hpp"
#include "agent/frozen.hpp"
#include "agent/journal.hpp"
#include "agent/schedule.hpp"
#include "agent/set_enabled.hpp"
#include "agent/user_time_zone.hpp"
#include "agent/utc_text.hpp"
#include "crm/embedded/embedded.hpp"
#include "mime/domain.hpp"
#include "rules/limits.hpp"

namespace agent {

namespace {

struct Options {
    std::string config, policy, mailbox, folder;
    bool resync = false, repoll = false, clear = false, category = false;
};

int fail(const std::string& text, int exit) {
    fmt::print(stderr, "mailferry: {}\n", text);
    return exit;
}

/// Leaves a word in the journal; what the admin is told of it.
int ask(const Config& config, Request request, std::string_view done) {
    const Result<std::unique_ptr<Journal>> journal = Journal::open_beside(config.journal);
    if (!journal) return fail(journal.error().text, 3);
    request.asked = SystemClock().now();
    const Result<void> asked = (*journal)->ask(request);
    if (!asked) return fail(asked.error().text, 3);
    fmt::print("{}\n", done);
    return 0;
}

/// The one that is named, by its name or file; the only one where none is.
const PolicyConfig* find_policy(const Config& config, const std::string& name) {
    const auto is_it = [&](const PolicyConfig& policy) {
        return name.empty() || policy.policy.name == name || policy.file == name ||
               std::filesystem::path(policy.file).filename() == name;
    };
    const auto count = std::ranges::count_if(config.policies, is_it);
    return count == 1 ? &*std::ranges::find_if(config.policies, is_it) : nullptr;
}

std::string names_of(const Config& config) {
    std::string names;
    for (const PolicyConfig& policy : config.policies) {
        names += fmt::format("{}\"{}\" ({})", names.empty() ? "" : ", ", policy.policy.name, policy.file);
    }
    return names;
}

int set_enabled(const Config& config, const Options& options, bool enabled) {
    const PolicyConfig* policy = find_policy(config, options.policy);
    if (policy == nullptr) {
        return fail(fmt::format("say which policy, by a name that one alone has: {}", names_of(config)), 2);
    }
    const std::string_view word = enabled ? "enabled" : "disabled";
    if (policy->policy.enabled == enabled) {
        fmt::print("policy \"{}\" is {} already\n", policy->policy.name, word);
        return 0;
    }
    const Result<std::string> text = read_file(policy->file, rules::max_xml_bytes);
    if (!text) return fail(text.error().text, 3);
    const Result<void> written = replace_file(policy->file, with_enabled(*text, enabled));
    if (!written) return fail(written.error().text, 3);
    fmt::print("policy \"{}\" is {} in {}\n", policy->policy.name, word, policy->file);
    if (!std::filesystem::exists(config.journal)) return 0;  // no agent has ever run
    Request request;
    request.kind = Request::Kind::reload;
    return ask(config, request, "a running agent takes it up within seconds");
}

/// Why that mailbox cannot be read now; nothing where it can.
std::optional<std::string> blackout(const Config& config, const PolicyConfig& policy, const MailboxConfig& mailbox) {
    std::string zone = mailbox.time_zone;
    const auto crm = std::ranges::find(config.crms, policy.crm, &CrmConfig::name);
    if (zone.empty()) {
        boost::asio::io_context context;
        const auto opened = crm::embedded::open_embedded(crm->url, crm::embedded::Opening::read);
        Result<std::string> known = "";
        if (opened) known = run_to_end(context, user_time_zone(**opened, mailbox.addresses.front()));
        if (known) zone = std::move(*known);
    }
    Result<Timetable> timetable = Timetable::make(policy.policy.schedule, zone);
    if (!timetable) timetable = Timetable::make(policy.policy.schedule, "");
    const Time now = SystemClock().now();
    if (!timetable->is_blackout(now)) return std::nullopt;
    return fmt::format(
        "{}: it is blackout there until {}",
        mailbox.addresses.front(),
        utc_text(std::chrono::floor<std::chrono::seconds>(timetable->next_change(now)))
    );
}

using ForMailbox = std::function<void(const PolicyConfig&, const MailboxConfig&)>;

/// Calls it for the mailboxes that are meant; false, with a word, where there are none.
bool for_mailboxes(const Config& config, const Options& options, const ForMailbox& act) {
    const std::string wanted = mime::comparable_address(options.mailbox);
    bool found = false;
    for (const PolicyConfig& policy : config.policies) {
        for (const MailboxConfig& mailbox : policy.mailboxes) {
            if (!wanted.empty() && mailbox.addresses.front() != wanted) continue;
            if (!policy.policy.enabled) continue;
            found = true;
            act(policy, mailbox);
        }
    }
    if (found) return true;
    fail(
        wanted.empty() ? "no policy is enabled"
                       : wanted + ": no enabled policy rules this mailbox; see the configuration",
        2
    );
    return false;
}

int sync_now(const Config& config, const Options& options) {
    std::vector<std::string> refused, asked;
    const auto look = [&](const PolicyConfig& policy, const MailboxConfig& mailbox) {
        if (const auto why = blackout(config, policy, mailbox)) {
            refused.push_back(*why);
        } else {
            asked.push_back(mailbox.addresses.front());
        }
    };
    if (!for_mailboxes(config, options, look)) return 2;
    int exit = refused.empty() ? 0 : 1;
    for (const std::string& why : refused) fail("refused: " + why, 1);
    for (const std::string& mailbox : asked) {
        Request request;
        request.mailbox = mailbox;
        exit = std::max(exit, ask(config, request, mailbox + ": a running agent reads it within seconds"));
    }
    return exit;
}

/// Allows the new name of the category, which the next start or reload carries into the mailboxes.
int accept_category(const Config& config) {
    const Result<std::unique_ptr<Journal>> journal = Journal::open_beside(config.journal);
    if (!journal) return fail(journal.error().text, 3);
    std::size_t count = 0;
    for (const PolicyConfig& policy : config.policies) {
        const Result<std::vector<std::string>> mailboxes = to_rename(policy, **journal);
        if (!mailboxes) return fail(mailboxes.error().text, 3);
        for (const std::string& mailbox : *mailboxes) {
            const Result<void> accepted = (*journal)->accept(mailbox, policy.policy.category.name);
            if (!accepted) return fail(accepted.error().text, 3);
            fmt::print("{}: the folder will be \"{}\"\n", mailbox, policy.policy.category.name);
            ++count;
        }
    }
    if (count == 0) {
        fmt::print("every folder has the name of its category already\n");
        return 0;
    }
    Request request;
    request.kind = Request::Kind::reload;
    return ask(config, request, "a running agent does it within seconds, else the next one that is started");
}

int reinitialise(const Config& config, const Options& options) {
    if (options.resync + options.repoll + options.clear + options.category != 1) {
        return fail("give one of --repoll, --resync, --clear, --category; see mailferry(1)", 2);
    }
    if (options.category && !(options.mailbox + options.folder).empty()) {
        return fail("--category is for every mailbox: leave out --mailbox and --folder", 2);
    }
    if (options.category) return accept_category(config);
    if (!options.folder.empty() && !rules::role(options.folder)) {
        return fail(options.folder + ": is no folder; write inbox, sent-items, create-new/email …", 2);
    }
    Request request;
    request.kind = options.resync   ? Request::Kind::resync
                   : options.repoll ? Request::Kind::repoll
                                    : Request::Kind::clear;
    request.role = options.folder;
    int exit = 0;
    const auto act = [&](const PolicyConfig&, const MailboxConfig& mailbox) {
        request.mailbox = mailbox.addresses.front();
        const std::string done = request.mailbox + ": a running agent begins anew within seconds";
        exit = std::max(exit, ask(config, request, done));
    };
    return for_mailboxes(config, options, act) ? exit : 2;
}

using Act = std::function<int(const Config&, const Options&)>;

CLI::App* add(
    CLI::App& policy, const char* name, const char* help, const std::shared_ptr<Options>& options, int& exit, Act act
) {
    CLI::App* command = policy.add_subcommand(name, help);
    command->add_option("--config", options->config, "The configuration of the agent")
        ->required()
        ->type_name("FILE");
    command->callback([options, &exit, act = std::move(act)] {
        const auto config = load_config(options->config);
        exit = config ? act(*config, *options) : complain(config.error());
    });
    return command;
}

}  // namespace

void add_policy(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* policy = app.add_subcommand("policy", "The life of a policy: switch it on and off, read now, begin anew");
    policy->require_subcommand(1);
    for (const bool enabled : {true, false}) {
        CLI::App* command = add(
            *policy,
            enabled ? "enable" : "disable",
            enabled ? "Switches a policy on, in its file; a running agent takes it up"
                    : "Switches a policy off, in its file; a running agent ends what is under way and no more",
            options,
            exit,
            [enabled](const Config& config, const Options& given) { return set_enabled(config, given, enabled); }
        );
        command->add_option("policy", options->policy, "Its name or file; may be left out where there is one")
            ->type_name("POLICY");
    }
    CLI::App* now = add(*policy, "sync-now", "Reads the folders at once; refused in blackout", options, exit, sync_now);
    CLI::App* anew = add(
        *policy, "reinitialise", "Begins anew with a mailbox; what is in the CRM does not change", options, exit, reinitialise
    );
    for (CLI::App* command : {now, anew}) {
        command->add_option("--mailbox", options->mailbox, "This one alone")->type_name("ADDRESS");
    }
    anew->add_option("--folder", options->folder, "This one alone, such as create-new/case")->type_name("ROLE");
    anew->add_flag("--repoll", options->repoll, "Read every folder from the beginning; what was done stays done");
    anew->add_flag("--resync", options->resync, "The same, and try again what failed or was given up");
    anew->add_flag("--clear", options->clear, "Forget what is known of it, as before the first start");
    anew->add_flag("--category", options->category, "Rename the folders to the new name of the category");
}

}  // namespace agent
