// `mailferry queue`: what waits, what failed and why; try again or give up. Works beside a running agent.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/command.hpp"
#include "agent/commands/problems.hpp"
#include "agent/config.hpp"
#include "agent/decision_json.hpp"
#include "agent/commands/job_mail.hpp"
#include "agent/journal.hpp"
#include "agent/limits.hpp"
#include "agent/terminal_text.hpp"
#include "agent/utc_text.hpp"
#include "mime/domain.hpp"
#include "rules/explain.hpp"

namespace agent {

namespace {

struct Options {
    std::string config, mailbox, output;
    std::vector<std::int64_t> jobs;
    bool all = false;
    bool json = false;
};

std::string time_text(Time time) {
    return utc_text(std::chrono::time_point_cast<std::chrono::seconds>(time));
}

/// The text as JSON; null where it is none.
boost::json::value parsed(const std::string& text) {
    boost::system::error_code ec;
    boost::json::value value = boost::json::parse(text, ec);
    return ec ? boost::json::value(nullptr) : value;
}

boost::json::object to_json(const Job& job) {
    return {
        {"job", job.id},
        {"mailbox", job.mailbox},
        {"role", rules::to_text(job.role)},
        {"state", to_text(job.state)},
        {"subject", job.subject},
        {"message_id", job.message_id},
        {"note", job.note},
        {"attempts", job.attempts},
        {"shown", to_text(job.shown)},
        {"due", time_text(job.due)},
        {"queued", time_text(job.queued)},
        {"changed", time_text(job.changed)},
        {"took_ms", (job.changed - job.queued).count()},
        {"decision", parsed(job.decision)},
        {"outcome", parsed(job.outcome)}
    };
}

void print(const Job& job) {
    fmt::print(
        "{:>5}  {:9} {:28} {:24} {}\n",
        job.id,
        to_text(job.state),
        job.mailbox,
        rules::to_text(job.role),
        job.subject.empty() ? "(no subject)" : shortened(one_line(job.subject), 60)
    );
    if (!job.note.empty()) fmt::print("       {}\n", one_line(job.note));
    const bool parked = is_open(job) && job.due - SystemClock().now() > limits::longest_retry;
    if (parked) {
        fmt::print("       waits for a policy that wants it; else move it out of the folder\n");
    } else if (job.state == State::failed) {
        fmt::print("       tried {} time{}, last at {}\n", job.attempts, job.attempts == 1 ? "" : "s", time_text(job.changed));
    } else if (job.attempts > 0 && is_open(job)) {
        fmt::print(
            "       tried {} time{}, again at {}\n",
            job.attempts,
            job.attempts == 1 ? "" : "s",
            time_text(job.due)
        );
    }
}

bool is_configured(const Config& config, const std::string& mailbox) {
    for (const PolicyConfig& policy : config.policies) {
        for (const MailboxConfig& known : policy.mailboxes) {
            if (std::ranges::find(known.addresses, mailbox) != known.addresses.end()) return true;
        }
    }
    return false;
}

/// Also of one that is not in the configuration any more.
Result<bool> is_in_journal(Journal& journal, const std::string& mailbox) {
    const auto states = journal.mailboxes();
    if (!states) return states.error();
    if (states->contains(mailbox)) return true;
    const Result<std::vector<Job>> jobs = journal.list(true, mailbox);
    if (!jobs) return jobs.error();
    return !jobs->empty();
}

int list(const Options& options, const Config& config, Journal& journal) {
    const std::string mailbox = mime::comparable_address(options.mailbox);
    const bool is_asked = !options.mailbox.empty();
    if (is_asked && !is_configured(config, mailbox)) {
        const Result<bool> known = is_in_journal(journal, mailbox);
        if (!known) {
            fmt::print(stderr, "mailferry: {}\n", known.error().text);
            return 3;
        }
        if (!*known) {
            fmt::print(
                stderr,
                "mailferry: {}: not in {}, and the journal knows nothing of it\n",
                options.mailbox,
                options.config
            );
            return 2;
        }
    }
    const Result<std::vector<Job>> jobs = journal.list(options.all, mailbox);
    if (!jobs) {
        fmt::print(stderr, "mailferry: {}\n", jobs.error().text);
        return 3;
    }
    for (const Job& job : *jobs) {
        if (options.json) {
            fmt::print("{}\n", boost::json::serialize(to_json(job)));
        } else {
            print(job);
        }
    }
    if (jobs->empty() && !options.json) fmt::print("Nothing waits and nothing failed.\n");
    return 0;
}

int show(const Options& options, Job& job, const Config&, Journal&) {
    if (options.json) {
        fmt::print("{}\n", boost::json::serialize(to_json(job)));
        return 0;
    }
    print(job);
    if (const auto decision = decision_from_json(job.decision)) {
        const bool carried_out = job.state == State::done || decision->verdict != rules::Verdict::archive;
        if (!carried_out) {
            fmt::print(
                "\n{} What was made of it already is found again by the next try.\n",
                job.record.empty() ? "This was decided, and is not carried out, or not to its end."
                                   : "This was decided; it is in the CRM, and the mail is not where it belongs yet."
            );
        }
        fmt::print("\n{}", rules::explain(*decision));
    }
    return 0;
}

int save(Job& job, Journal& journal, std::string_view what) {
    const Time as_read = job.changed;
    job.changed = next_change(as_read, SystemClock().now());
    const Result<bool> saved = journal.save(job, as_read);
    if (saved && !*saved) {
        fmt::print(stderr, "mailferry: {}: the agent is at work on it this moment; look again\n", job.id);
        return 1;
    }
    if (!saved) {
        fmt::print(stderr, "mailferry: {}\n", saved.error().text);
        return 3;
    }
    fmt::print("job {} {}\n", job.id, what);
    return 0;
}

int retry(const Options&, Job& job, const Config&, Journal& journal) {
    if (job.state == State::done) {
        fmt::print(stderr, "mailferry: job {} is done; drop the mail again instead\n", job.id);
        return 1;
    }
    if (!is_open(job)) job.state = State::queued;
    job.attempts = 0;
    job.due = SystemClock().now();
    return save(job, journal, "is tried again within seconds");
}

int skip(const Options&, Job& job, const Config&, Journal& journal) {
    if (job.state == State::done) {
        fmt::print(stderr, "mailferry: job {} is done already\n", job.id);
        return 1;
    }
    if (job.state == State::given_up) return 0;
    job.state = State::given_up;
    job.note = "given up by an admin; was: " + job.note;
    return save(job, journal, "is given up; the mail stays where it is");
}

int back_up(const Options& options, Journal& journal) {
    const Result<void> copied = journal.back_up(options.output);
    if (!copied) {
        fmt::print(stderr, "mailferry: {}\n", copied.error().text);
        return 3;
    }
    fmt::print("the journal is copied to {}\n", options.output);
    return 0;
}

int download(const Options& options, Job& job, const Config& config, Journal&) {
    const Result<std::string> mail = mail_of(config, job);
    if (!mail) {
        fmt::print(stderr, "mailferry: {}\n", mail.error().text);
        return mail.error().code == errc::gone ? 1 : 3;
    }
    std::FILE* out = options.output.empty() ? stdout : std::fopen(options.output.c_str(), "wbx");
    const bool written = out != nullptr && std::fwrite(mail->data(), 1, mail->size(), out) == mail->size();
    const bool closed = out == nullptr || out == stdout || std::fclose(out) == 0;
    if (written && closed) return 0;
    fmt::print(stderr, "mailferry: {}: cannot be written; is there such a file already?\n", options.output);
    return 3;
}

using ForJob = std::function<int(const Options&, Job&, const Config&, Journal&)>;

int with_journal(const Options& options, const std::function<int(const Config&, Journal&)>& act) {
    const auto config = load_config(options.config);
    if (!config) return complain(config.error());
    Result<std::unique_ptr<Journal>> journal = Journal::open_beside(config->journal);
    if (!journal) {
        fmt::print(stderr, "mailferry: {}\n", journal.error().text);
        return 3;
    }
    return act(*config, **journal);
}

int for_jobs(const Options& options, const Config& config, Journal& journal, const ForJob& act) {
    int exit = 0;
    for (const std::int64_t id : options.jobs) {
        Result<std::optional<Job>> job = journal.find(id);
        if (job && *job) {
            exit = std::max(exit, act(options, **job, config, journal));
            continue;
        }
        fmt::print(
            stderr,
            "mailferry: {}\n",
            job ? fmt::format("there is no job {}; see mailferry queue list", id) : job.error().text
        );
        exit = std::max(exit, job ? 1 : 3);
    }
    return exit;
}

CLI::App* add(CLI::App& queue, const char* name, const char* help, Options& options) {
    CLI::App* command = queue.add_subcommand(name, help);
    command->add_option("--config", options.config, "The configuration of the agent")
        ->required()
        ->type_name("FILE");
    return command;
}

}  // namespace

void add_queue(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* queue =
        app.add_subcommand("queue", "What waits, what failed and why; try again or give up");
    queue->require_subcommand(1);
    CLI::App* all = add(*queue, "list", "Lists what waits and what failed", *options);
    all->add_option("--mailbox", options->mailbox, "Of this one alone")->type_name("ADDRESS");
    all->add_flag("--all", options->all, "Also what is done");
    all->add_flag("--json", options->json, "One JSON object per line");
    all->callback([options, &exit] {
        exit = with_journal(*options, [&](const Config& config, Journal& journal) {
            return list(*options, config, journal);
        });
    });
    const auto job_command = [&](const char* name, const char* help, ForJob act) {
        CLI::App* command = add(*queue, name, help, *options);
        command->add_option("jobs", options->jobs, "Numbers, as queue list shows them")
            ->required()
            ->type_name("JOB");
        command->callback([options, &exit, act = std::move(act)] {
            exit = with_journal(*options, [&](const Config& config, Journal& journal) {
                return for_jobs(*options, config, journal, act);
            });
        });
        return command;
    };
    job_command("show", "Shows one mail, its decision and why", show)
        ->add_flag("--json", options->json, "One JSON object per line");
    CLI::App* backup = add(*queue, "backup", "Copies the journal, while the agent runs", *options);
    backup->add_option("file", options->output, "The copy; it must not exist")->required()->type_name("FILE");
    backup->callback([options, &exit] {
        exit = with_journal(*options, [&](const Config&, Journal& journal) { return back_up(*options, journal); });
    });
    CLI::App* save = job_command(
        "download", "Writes a mail as it lies in the mailbox, or as it was archived, to standard output", download
    );
    save->get_option("jobs")->expected(1);
    save->add_option("--output,-o", options->output, "To this file instead")->type_name("FILE");
    job_command("retry", "Tries again at once", retry);
    job_command("skip", "Gives up; the mail stays where it is", skip);
}

}  // namespace agent
