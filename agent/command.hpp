// The sub-commands of `mailferry`. Each adds itself to the command line: options, help text, and a callback
// that sets `exit` (0 done, 1 done but some messages failed or changed, 2 usage or invalid file, 3 unreachable,
// 4 stopped).
#pragma once

#include <CLI/App.hpp>

namespace agent {

void add_run(CLI::App& app, int& exit);
void add_check(CLI::App& app, int& exit);
void add_parse(CLI::App& app, int& exit);
void add_explain(CLI::App& app, int& exit);
void add_replay(CLI::App& app, int& exit);
void add_compare(CLI::App& app, int& exit);
void add_crm(CLI::App& app, int& exit);
void add_queue(CLI::App& app, int& exit);
void add_policy(CLI::App& app, int& exit);

}  // namespace agent
