// `mailferry replay`: stored mail through the whole pipeline; a dry run on an overlay of the CRM unless --apply.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "agent/command.hpp"
#include "agent/commands/for_each_mail.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/commands/treat.hpp"
#include "agent/commands/trial.hpp"
#include "agent/outcome_json.hpp"
#include "agent/terminal_text.hpp"
#include "agent/treated_json.hpp"

namespace agent {

namespace {

struct Options {
    TrialOptions trial;
    std::string policy;
    std::vector<std::string> paths;
    bool apply = false;
};

class Replay {
public:
    Replay(const Options& options, const rules::Policy& policy, const Trial& trial, Target target)
        : options_(options), policy_(policy), trial_(trial), target_(target) {}

    int run() {
        const auto take = [this](const std::string& name, const ReadMail& read) {
            const Treated treated = run_to_end(*trial_.context, treat(policy_, read, target_));
            ++verdicts_[treated.decision.verdict];
            progress_.clear();
            print(name, read, treated);
        };
        const Reading reading = for_each_mail(options_.paths, trial_.item, progress_, take);
        summary(reading);
        if (reading.stopped) return 4;
        return reading.unreadable > 0 ? 3 : verdicts_[rules::Verdict::fail] > 0 ? 1 : 0;
    }

private:
    void print(const std::string& name, const ReadMail& read, const Treated& treated) const {
        if (options_.trial.json) {
            auto object = treated_json(name, read, treated.decision, options_.apply);
            object["archived"] = nullptr;
            if (treated.archived) object["archived"] = to_json(*treated.archived);
            fmt::print("{}\n", boost::json::serialize(object));
            return;
        }
        fmt::print(
            "{:8} {}  {}\n",
            rules::to_text(treated.decision.verdict),
            one_line(std::filesystem::path(name).filename().string()),
            one_line(treated.decision.reason)
        );
    }

    void summary(const Reading& reading) const {
        std::FILE* out = options_.trial.json ? stderr : stdout;
        int all = 0;
        for (const auto& [verdict, count] : verdicts_) all += count;
        fmt::print(out, "{} message{}", all, all == 1 ? "" : "s");
        for (const auto& [verdict, count] : verdicts_) {
            if (count > 0) fmt::print(out, ", {} {}", count, rules::to_text(verdict));
        }
        if (reading.unreadable > 0) fmt::print(out, ", {} unreadable", reading.unreadable);
        if (reading.stopped) fmt::print(out, "; stopped before the end");
        fmt::print(out, "{}\n", options_.apply ? "" : "; nothing was written (use --apply)");
    }

    const Options& options_;
    const rules::Policy& policy_;
    const Trial& trial_;
    Target target_;
    Progress progress_;
    std::map<rules::Verdict, int> verdicts_;
};

int replay(const Options& options) {
    using crm::embedded::Opening;
    int exit = 0;
    const std::optional<rules::Policy> policy = open_policy(options.policy, exit);
    if (!policy) return exit;
    std::optional<Trial> trial =
        open_trial(options.trial, options.apply ? Opening::write : Opening::read, exit);
    if (!trial) return exit;
    if (options.apply) return Replay(options, *policy, *trial, {*trial->crm, *trial->crm}).run();
    crm::overlay::Overlay overlay = overlay_above(*trial->crm);
    return Replay(options, *policy, *trial, {overlay, overlay}).run();
}

}  // namespace

void add_replay(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "replay", "Runs stored mail through the whole pipeline; a dry run unless --apply"
    );
    add_policy_option(*command, "--policy", options->policy, "The policy file");
    add_trial_options(*command, options->trial);
    command->add_flag("--apply", options->apply, "Write to the CRM");
    add_mail_paths(*command, options->paths);
    command->callback([options, &exit] { exit = replay(*options); });
}

}  // namespace agent
