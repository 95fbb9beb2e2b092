// `mailferry replay`: stored mail through the whole pipeline; a dry run on an overlay of the CRM unless --apply.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "agent/archive_mail.hpp"
#include "agent/command.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/commands/trial.hpp"
#include "agent/decide.hpp"
#include "agent/mail_source.hpp"
#include "agent/terminal_text.hpp"
#include "agent/treated_json.hpp"
#include "crm/overlay/overlay.hpp"

namespace agent {

namespace {

struct Options {
    TrialOptions trial;
    std::vector<std::string> paths;
    bool apply = false;
};

/// The people and records that are asked and written: the CRM itself, or the overlay above it.
struct Target {
    crm::Directory& directory;
    crm::Archive& archive;
};

boost::asio::awaitable<Result<rules::Decision>> treat(
    const rules::Policy& policy, const ReadMail& read, Target target
) {
    Result<rules::Decision> decision = co_await decide(policy, read, target.directory);
    if (!decision || decision->verdict != rules::Verdict::archive) co_return decision;
    Result<Archived> archived = co_await archive_mail(*decision, read, target.archive);
    if (!archived) co_return archived.error();
    co_return decision;
}

/// A mail that could not be treated, in the form of all others.
rules::Decision failure(const Error& error) {
    rules::Decision decision;
    decision.verdict = rules::Verdict::fail;
    decision.reason = error.text;
    return decision;
}

class Replay {
public:
    Replay(const Options& options, const Trial& trial, Target target)
        : options_(options), trial_(trial), target_(target) {}

    int run() {
        MailSource source(options_.paths);
        const std::size_t files = source.files_left();
        while (std::optional<SourcedMail> mail = source.next()) {
            take(*mail);
            progress(files - source.files_left(), files);
        }
        clear_progress();
        summary();
        return unreadable_ > 0 ? 3 : verdicts_[rules::Verdict::fail] > 0 ? 1 : 0;
    }

private:
    void take(SourcedMail& mail) {
        if (!mail.bytes) {
            ++unreadable_;
            clear_progress();
            fmt::print(stderr, "mailferry: {}\n", mail.bytes.error().text);
            return;
        }
        const ReadMail read = read_mail(std::move(*mail.bytes), trial_.item);
        const Result<rules::Decision> treated =
            run_to_end(context_, treat(trial_.policy, read, target_));
        const rules::Decision decision = treated ? *treated : failure(treated.error());
        ++verdicts_[decision.verdict];
        print(mail.name, read, decision);
    }

    void print(const std::string& name, const ReadMail& read, const rules::Decision& decision) {
        clear_progress();
        if (options_.trial.json) {
            const auto object = treated_json(name, read, decision, options_.apply);
            fmt::print("{}\n", boost::json::serialize(object));
            return;
        }
        fmt::print(
            "{:8} {}  {}\n",
            rules::to_text(decision.verdict),
            one_line(std::filesystem::path(name).filename().string()),
            one_line(decision.reason)
        );
    }

    void summary() const {
        std::FILE* out = options_.trial.json ? stderr : stdout;
        int all = 0;
        for (const auto& [verdict, count] : verdicts_) all += count;
        fmt::print(out, "{} message{}", all, all == 1 ? "" : "s");
        for (const auto& [verdict, count] : verdicts_) {
            if (count > 0) fmt::print(out, ", {} {}", count, rules::to_text(verdict));
        }
        if (unreadable_ > 0) fmt::print(out, ", {} unreadable", unreadable_);
        fmt::print(out, "{}\n", options_.apply ? "" : "; nothing was written (use --apply)");
    }

    void progress(std::size_t done, std::size_t all) {
        if (!shows_progress_ || all < 20) return;
        constexpr std::size_t width = 30;
        const std::size_t filled = done * width / all;
        fmt::print(stderr, "\r[{:#<{}}{: <{}}] {}/{}", "", filled, "", width - filled, done, all);
    }

    void clear_progress() const {
        if (shows_progress_) fmt::print(stderr, "\r\033[K");
    }

    const Options& options_;
    const Trial& trial_;
    Target target_;
    boost::asio::io_context context_;
    std::map<rules::Verdict, int> verdicts_;
    int unreadable_ = 0;
    bool shows_progress_ = ::isatty(2) == 1;
};

int replay(const Options& options) {
    using crm::embedded::Opening;
    int exit = 0;
    std::optional<Trial> trial =
        open_trial(options.trial, options.apply ? Opening::write : Opening::read, exit);
    if (!trial) return exit;
    if (options.apply) return Replay(options, *trial, {*trial->crm, *trial->crm}).run();
    const auto now = [] {
        return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    };
    crm::overlay::Overlay overlay(*trial->crm, now);
    return Replay(options, *trial, {overlay, overlay}).run();
}

}  // namespace

void add_replay(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "replay", "Runs stored mail through the whole pipeline; a dry run unless --apply"
    );
    add_trial_options(*command, options->trial);
    command->add_flag("--apply", options->apply, "Write to the CRM");
    command
        ->add_option("paths", options->paths, "Messages (.eml), folders of them, mbox files; - for standard input")
        ->required()
        ->type_name("PATH");
    command->callback([options, &exit] { exit = replay(*options); });
}

}  // namespace agent
