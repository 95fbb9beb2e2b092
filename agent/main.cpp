// The program `mailferry`: the command line and nothing else.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "agent/command.hpp"

int main(int argc, char** argv) {
    ::umask(S_IRWXG | S_IRWXO);  // what is created holds mail: for this user alone
    try {
        CLI::App app("Mailferry takes mail from Exchange mailboxes into a CRM, by rules you can read.");
        app.name("mailferry");
        app.set_version_flag("--version", "mailferry " MAILFERRY_VERSION);
        app.require_subcommand(1);
        app.fallthrough(false);
        app.footer("Exit codes: 0 done; 1 done, but some messages failed or, for compare, changed; 2 wrong usage or\n"
                   "an invalid file; 3 a server, database or file could not be reached; 4 stopped before the work\n"
                   "was done.");
        int exit = 0;
        agent::add_run(app, exit);
        agent::add_check(app, exit);
        agent::add_parse(app, exit);
        agent::add_explain(app, exit);
        agent::add_replay(app, exit);
        agent::add_compare(app, exit);
        agent::add_crm(app, exit);
        agent::add_queue(app, exit);
        agent::add_policy(app, exit);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? 0 : 2;
        }
        return exit;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "mailferry: %s\n", error.what());
        return 3;
    }
}
