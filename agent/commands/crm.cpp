// `mailferry crm import|list|show`: load people and records into the embedded CRM, look at what was
// archived.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>

#include "agent/command.hpp"
#include "agent/commands/crm_view.hpp"
#include "agent/file.hpp"
#include "crm/embedded/browse.hpp"
#include "crm/embedded/embedded.hpp"
#include "crm/embedded/import.hpp"
#include "crm/embedded/schema.hpp"
#include "crm/limits.hpp"

namespace agent {
namespace {

using crm::embedded::Opening;

constexpr int done = 0;
constexpr int invalid = 2;
constexpr int unreachable = 3;

struct Options {
    std::string url, kind, id;
    std::vector<std::string> files;
    bool json = false, original = false;
    int attachment = 0;
};

int failed(const crm::Error& error) {
    fmt::print(stderr, "mailferry crm: {}\n", error.text);
    const bool wrong_question =
        error.code == crm::errc::not_found || error.code == crm::errc::refused;
    return wrong_question ? invalid : unreachable;
}

/// Opens the database that the URL names and hands it to `use`.
int with_database(
    const std::string& url, Opening opening, const std::function<int(crm::embedded::Database&)>& use
) {
    const auto path = crm::embedded::database_path(url);
    if (!path) {
        fmt::print(stderr, "mailferry crm: {}\n", path.error().text);
        return invalid;
    }
    auto database = crm::embedded::open_database(*path, opening);
    if (!database) {
        fmt::print(stderr, "mailferry crm: {}\n", database.error().text);
        return unreachable;
    }
    return use(*database);
}

int import(const Options& options) {
    std::vector<crm::embedded::SourceFile> sources;
    for (const auto& name : options.files) {
        Result<std::string> text = read_file(name, crm::limits::csv_file);
        if (!text) {
            fmt::print(stderr, "mailferry: {}\n", text.error().text);
            return unreachable;
        }
        sources.push_back({name == "-" ? "standard input" : name, std::move(*text)});
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return with_database(options.url, Opening::create, [&](auto& database) {
        const auto report = crm::embedded::import_files(database, sources, now);
        if (!report) return failed(report.error());
        for (const auto& [file, problem] : report->problems) {
            const auto column = problem.column > 0 ? fmt::format("{}:", problem.column) : "";
            fmt::print(stderr, "{}:{}:{} {}\n", file, problem.line, column, problem.text);
        }
        if (!report->problems.empty()) {
            fmt::print(stderr, "nothing was imported\n");
            return invalid;
        }
        fmt::print(
            "{} created, {} changed, {} unchanged\n",
            report->created,
            report->changed,
            report->unchanged
        );
        return done;
    });
}

int list(const Options& options) {
    const auto kind = rules::record_kind(options.kind);
    return with_database(options.url, Opening::read, [&](auto& database) {
        const bool all = options.kind.empty();
        const bool mails_too = all || kind == rules::RecordKind::email;
        const bool records_too = kind != rules::RecordKind::email;
        if (records_too) {
            const auto records = crm::embedded::list_records(database, kind);
            if (!records) return failed(records.error());
            fmt::print("{}", options.json ? json_lines(*records) : table(*records));
        }
        if (mails_too) {
            const auto mails = crm::embedded::list_mails(database);
            if (!mails) return failed(mails.error());
            fmt::print("{}", options.json ? json_lines(*mails) : table(*mails));
        }
        return done;
    });
}

int write_bytes(const crm::Result<std::string>& bytes) {
    if (!bytes) return failed(bytes.error());
    std::fwrite(bytes->data(), 1, bytes->size(), stdout);
    return std::fflush(stdout) == 0 ? done : unreachable;
}

int show(const Options& options) {
    const auto kind = *rules::record_kind(options.kind);
    const bool is_mail = kind == rules::RecordKind::email;
    if (!is_mail && (options.original || options.attachment > 0)) {
        fmt::print(stderr, "--original and --attachment are for e-mails: show URL email ID\n");
        return invalid;
    }
    return with_database(options.url, Opening::read, [&](auto& database) {
        if (options.original) return write_bytes(mail_original(database, options.id));
        if (options.attachment > 0) {
            return write_bytes(mail_attachment(database, options.id, options.attachment));
        }
        if (is_mail) {
            const auto mail = crm::embedded::show_mail(database, options.id);
            if (!mail) return failed(mail.error());
            fmt::print("{}", options.json ? json_lines({*mail}) : page(*mail));
            return done;
        }
        const auto record = crm::embedded::show_record(database, kind, options.id);
        if (!record) return failed(record.error());
        fmt::print("{}", options.json ? json_lines({*record}) : page(*record));
        return done;
    });
}

const CLI::Validator& a_kind() {
    static const CLI::Validator validator(
        [](const std::string& text) {
            return rules::record_kind(text) ? "" : "no such kind of record: " + text;
        },
        "KIND"
    );
    return validator;
}

}  // namespace

void add_crm(CLI::App& app, int& exit) {
    auto* command = app.add_subcommand("crm", "Fill the embedded CRM and look into it");
    command->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    const auto add = [&](const char* name, const char* help, int (*run)(const Options&)) {
        auto* sub = command->add_subcommand(name, help);
        sub->add_option("URL", options->url, "sqlite:PATH")->required();
        sub->callback([options, run, &exit] { exit = run(*options); });
        return sub;
    };

    auto* importing = add("import", "Load people and records from CSV files", import);
    importing->add_option("FILE", options->files, "CSV files; - is standard input")->required();

    auto* listing = add("list", "List records and archived e-mails", list);
    listing->add_option("KIND", options->kind, "Only records of this kind")->check(a_kind());
    listing->add_flag("--json", options->json, "One JSON object a line");

    auto* showing = add("show", "Show one record or e-mail", show);
    showing->add_option("KIND", options->kind, "Kind of the record")->required()->check(a_kind());
    showing->add_option("ID", options->id, "Its id, as `list` shows it")->required();
    auto* json = showing->add_flag("--json", options->json, "As a JSON object");
    auto* original = showing->add_flag("--original", options->original, "Write the mail as it came")
                         ->excludes(json);
    showing->add_option("--attachment", options->attachment, "Write attachment N, from 1")
        ->check(CLI::PositiveNumber)
        ->excludes(json)
        ->excludes(original);
}

}  // namespace agent
