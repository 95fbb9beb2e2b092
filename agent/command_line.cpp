#include "agent/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include "agent/command.hpp"

namespace agent {

int run_command_line(std::vector<std::string> arguments) {
    CLI::App app("Mailferry takes mail from Exchange mailboxes into a CRM, by rules you can read.");
    app.name("mailferry");
    app.set_version_flag("--version", "mailferry " MAILFERRY_VERSION);
    app.require_subcommand(1);
    app.fallthrough(false);
    app.footer(
        "Exit codes: 0 done; 1 done, but some messages failed or, for compare, changed; 2 wrong "
        "usage or\n"
        "an invalid file; 3 a server, database or file could not be reached; 4 stopped before the "
        "work\n"
        "was done."
    );
    int exit = 0;
    add_run(app, exit);
    add_check(app, exit);
    add_parse(app, exit);
    add_explain(app, exit);
    add_replay(app, exit);
    add_compare(app, exit);
    add_crm(app, exit);
    add_queue(app, exit);
    add_policy(app, exit);
    const std::string first = arguments.empty() ? "" : arguments.front();
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
        const auto is_first = [&first](const CLI::App* one) { return one->check_name(first); };
        const bool is_known = std::ranges::any_of(app.get_subcommands({}), is_first);
        if (!first.empty() && first.front() != '-' && !is_known) {
            std::fprintf(stderr, "mailferry: there is no command '%s'; mailferry --help lists them\n", first.c_str());
            return 2;
        }
        return app.exit(error) == 0 ? 0 : 2;
    }
    return exit;
}

}  // namespace agent
