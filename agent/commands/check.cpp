// `mailferry check`: validates configuration and policy files, every problem with its place.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "agent/command.hpp"
#include "agent/commands/connect.hpp"
#include "agent/commands/problems.hpp"
#include "agent/config.hpp"
#include "agent/file.hpp"
#include "agent/frozen.hpp"
#include "rules/limits.hpp"

namespace agent {

namespace {

struct Options {
    std::vector<std::string> files;
    bool connect = false;
};

/// A configuration has the root <mailferry>; everything else is held against the policy schema.
bool is_config(const std::string& xml) {
    pugi::xml_document document;
    document.load_buffer(xml.data(), xml.size());
    return std::string_view(document.document_element().name()).ends_with("mailferry");
}

/// Why a valid policy does nothing; "" if it does something.
std::string_view idleness(const rules::Policy& policy) {
    if (!policy.enabled) return ", but disabled: nothing is done until it says enabled=\"true\"";
    const bool captures = policy.inbox.enabled || policy.sent_items.enabled;
    if (policy.smart_convert.enabled || captures) return "";
    return ", but it does nothing: none of <smart-convert>, <inbox> and <sent-items> is enabled";
}

FileProblems frozen_problems(const Config& config, const std::string& file) {
    const auto frozen = frozen_beside(config, file);
    if (!frozen) return {};
    return {{file, {1, 1, frozen->text}}};
}

/// The policies of a configuration that do nothing; "" where there are none.
std::string idleness(const Config& config) {
    std::string idle;
    for (const PolicyConfig& policy : config.policies) {
        const std::string_view why = idleness(policy.policy);
        if (!why.empty()) idle += fmt::format("\n{}: valid{}", policy.file, why);
    }
    return idle;
}

int check_file(const std::string& file, bool connect) {
    const Result<std::string> text = read_file(file, rules::max_xml_bytes);
    if (!text) {
        fmt::print(stderr, "mailferry: {}\n", text.error().text);
        return 3;
    }
    FileProblems problems;
    std::string remark;
    int exit = 0;
    if (is_config(*text)) {
        const auto config = load_config(file);
        if (!config) problems = config.error();
        if (config) problems = frozen_problems(*config, file);
        if (config) remark = idleness(*config);
        if (config && connect) exit = check_connections(*config);
    } else {
        const auto policy = load_policy(file);
        if (!policy) problems = policy.error();
        if (policy) remark = idleness(*policy);
    }
    for (const FileProblem& problem : problems) fmt::print("{}\n", to_text(problem));
    if (problems.empty() && !connect) fmt::print("{}: valid{}\n", file, remark);
    return problems.empty() ? exit : exit_code(problems);
}

}  // namespace

void add_check(CLI::App& app, int& exit) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "check", "Validates configuration and policy files; names every problem and its remedy"
    );
    command->add_flag(
        "--connect", options->connect, "Also try the journal, every mailbox and CRM; writes nothing"
    );
    command->add_option("files", options->files, "Configuration or policy files")
        ->required()
        ->type_name("FILE");
    command->callback([options, &exit] {
        exit = 0;
        for (const std::string& file : options->files) {
            exit = std::max(exit, check_file(file, options->connect));
        }
    });
}

}  // namespace agent
