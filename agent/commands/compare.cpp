// `mailferry compare`: the messages whose outcome changes between two policies, and how. Each policy runs the whole
// pipeline on an overlay of its own, so that later mails meet the people whom it created on the way.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "agent/command.hpp"
#include "agent/commands/for_each_mail.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/commands/treat.hpp"
#include "agent/commands/trial.hpp"
#include "agent/compare_decisions.hpp"
#include "agent/terminal_text.hpp"
#include "agent/treated_json.hpp"

namespace agent {

namespace {

struct Options {
    TrialOptions trial;
    std::string before, after;
    std::vector<std::string> paths;
};

/// The pipeline under one of the policies.
class DryRun {
public:
    DryRun(const rules::Policy& policy, crm::Directory& base)
        : policy_(policy), overlay_(overlay_above(base)) {}

    rules::Decision take(boost::asio::io_context& context, const ReadMail& read) {
        Treated treated = run_to_end(context, treat(policy_, read, {overlay_, overlay_}));
        if (treated.archived) remember(treated.decision, *treated.archived);
        return std::move(treated.decision);
    }

    const std::map<std::string, MadeRecord>& made() const { return made_; }

private:
    /// What was created is in the order of the decision's list.
    void remember(const rules::Decision& decision, const Archived& archived) {
        for (std::size_t i = 0; i < archived.created.size(); ++i) {
            const CreatedRecord& record = archived.created[i];
            if (!record.existed) made_[record.id] = {record.key, decision.create[i].name};
        }
    }

    const rules::Policy& policy_;
    crm::overlay::Overlay overlay_;
    std::map<std::string, MadeRecord> made_;
};

boost::json::object side_json(
    const std::string& name, const ReadMail& read, const rules::Decision& decision
) {
    boost::json::object object = treated_json(name, read, decision, false);
    object.erase("trace");
    return object;
}

class Compare {
public:
    Compare(
        const Options& options,
        const rules::Policy& before,
        const rules::Policy& after,
        const Trial& trial
    )
        : options_(options), trial_(trial), before_(before, *trial.crm), after_(after, *trial.crm) {}

    int run() {
        const auto take = [this](const std::string& name, const ReadMail& read) {
            this->take(name, read);
        };
        const Reading reading = for_each_mail(options_.paths, trial_.item, progress_, take);
        summary(reading);
        if (reading.stopped) return 4;
        return reading.unreadable > 0 ? 3 : changed_ + failed_ > 0 ? 1 : 0;
    }

private:
    void take(const std::string& name, const ReadMail& read) {
        using rules::Verdict;
        const rules::Decision before = before_.take(*trial_.context, read);
        const rules::Decision after = after_.take(*trial_.context, read);
        ++all_;
        if (before.verdict == Verdict::fail || after.verdict == Verdict::fail) ++failed_;
        const std::vector<std::string> changes =
            compare_decisions({before, before_.made()}, {after, after_.made()});
        if (changes.empty()) return;
        ++changed_;
        if (before.verdict != after.verdict) {
            ++verdicts_[fmt::format("{} -> {}", rules::to_text(before.verdict), rules::to_text(after.verdict))];
        }
        progress_.clear();
        if (options_.trial.json) {
            print_json(name, read, before, after, changes);
        } else {
            print(name, before.verdict, after.verdict, changes);
        }
    }

    void print(
        const std::string& name,
        rules::Verdict before,
        rules::Verdict after,
        const std::vector<std::string>& changes
    ) const {
        const std::string file = one_line(std::filesystem::path(name).filename().string());
        fmt::print("{}  {}", file, rules::to_text(before));
        const bool differs = before != after;
        if (differs) fmt::print(" -> {}", rules::to_text(after));
        fmt::print("\n");
        for (std::size_t i = differs ? 1 : 0; i < changes.size(); ++i) {
            fmt::print("    {}\n", one_line(changes[i]));
        }
    }

    void print_json(
        const std::string& name,
        const ReadMail& read,
        const rules::Decision& before,
        const rules::Decision& after,
        const std::vector<std::string>& changes
    ) const {
        boost::json::object object;
        object["file"] = name;
        object["message_id"] = read.mail.message_id;
        object["before"] = side_json(name, read, before);
        object["after"] = side_json(name, read, after);
        object["changes"] = boost::json::array(changes.begin(), changes.end());
        fmt::print("{}\n", boost::json::serialize(object));
    }

    void summary(const Reading& reading) const {
        std::FILE* out = options_.trial.json ? stderr : stdout;
        fmt::print(
            out,
            "{} of {} message{} change{}",
            changed_,
            all_,
            all_ == 1 ? "" : "s",
            all_ == 1 || changed_ == 1 ? "s" : ""
        );
        for (const auto& [verdicts, count] : verdicts_) fmt::print(out, "; {}: {}", verdicts, count);
        if (failed_ > 0) fmt::print(out, ", {} failed", failed_);
        if (reading.unreadable > 0) fmt::print(out, ", {} unreadable", reading.unreadable);
        if (reading.stopped) fmt::print(out, "; stopped before the end");
        fmt::print(out, "\n");
    }

    const Options& options_;
    const Trial& trial_;
    DryRun before_, after_;
    Progress progress_;
    int all_ = 0, changed_ = 0, failed_ = 0;
    std::map<std::string, int> verdicts_;  ///< "archive -> skip": how many
};

int compare(const Options& options) {
    int exit = 0;
    const std::optional<rules::Policy> before = open_policy(options.before, exit);
    const std::optional<rules::Policy> after = open_policy(options.after, exit);
    if (!before || !after) return exit;
    std::optional<Trial> trial = open_trial(options.trial, crm::embedded::Opening::read, exit);
    if (!trial) return exit;
    return Compare(options, *before, *after, *trial).run();
}

}  // namespace

void add_compare(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "compare", "The messages whose outcome changes between two policies, and how; writes nothing"
    );
    add_policy_option(*command, "--before", options->before, "The policy as it is");
    add_policy_option(*command, "--after", options->after, "The policy as it shall be");
    add_trial_options(*command, options->trial);
    add_mail_paths(*command, options->paths);
    command->callback([options, &exit] { exit = compare(*options); });
}

}  // namespace agent
