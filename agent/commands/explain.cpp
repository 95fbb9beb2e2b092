// `mailferry explain`: the decision for one message and why. Touches nothing.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json.hpp>
#include <memory>

#include "agent/command.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/commands/trial.hpp"
#include "agent/decide.hpp"
#include "agent/file.hpp"
#include "agent/limits.hpp"
#include "agent/treated_json.hpp"
#include "rules/explain.hpp"

namespace agent {

namespace {

struct Options {
    TrialOptions trial;
    std::string policy, file;
};

int explain(const Options& options) {
    int exit = 0;
    const std::optional<rules::Policy> policy = open_policy(options.policy, exit);
    if (!policy) return exit;
    std::optional<Trial> trial = open_trial(options.trial, crm::embedded::Opening::read, exit);
    if (!trial) return exit;
    Result<std::string> bytes = read_file(options.file, limits::mail_bytes);
    if (!bytes) {
        fmt::print(stderr, "mailferry: {}\n", bytes.error().text);
        return 3;
    }
    const ReadMail read = read_mail(std::move(*bytes), trial->item);
    const Result<rules::Decision> decision =
        run_to_end(*trial->context, decide(*policy, read, *trial->crm));
    if (!decision) {
        fmt::print(stderr, "mailferry: {}\n", decision.error().text);
        return 3;
    }
    if (options.trial.json) {
        fmt::print("{}\n", boost::json::serialize(treated_json(options.file, read, *decision, false)));
    } else {
        fmt::print("{}", rules::explain(*decision));
    }
    return decision->verdict == rules::Verdict::fail ? 1 : 0;
}

}  // namespace

void add_explain(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "explain", "Shows what would become of one message and why; touches nothing"
    );
    add_policy_option(*command, "--policy", options->policy, "The policy file");
    add_trial_options(*command, options->trial);
    command->add_option("file", options->file, "The message; - for standard input")
        ->required()
        ->type_name("FILE.eml");
    command->callback([options, &exit] { exit = explain(*options); });
}

}  // namespace agent
