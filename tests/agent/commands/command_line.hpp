// The command line of `mailferry` inside a test: arguments in; exit code, standard output and
// standard error out.
#pragma once

#include <gtest/gtest.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "agent/command.hpp"

namespace command_line {

struct Ran {
    int exit = 0;
    std::string out, err;
};

/// What agent/main.cpp does with these arguments.
inline Ran run(std::vector<std::string> arguments) {
    CLI::App app;
    int exit = 0;
    app.name("mailferry");
    app.require_subcommand(1);
    agent::add_run(app, exit);
    agent::add_check(app, exit);
    agent::add_parse(app, exit);
    agent::add_explain(app, exit);
    agent::add_replay(app, exit);
    agent::add_compare(app, exit);
    agent::add_crm(app, exit);
    agent::add_queue(app, exit);
    agent::add_policy(app, exit);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
        exit = app.exit(error) == 0 ? 0 : 2;
    }
    Ran ran;
    ran.exit = exit;
    ran.out = testing::internal::GetCapturedStdout();
    ran.err = testing::internal::GetCapturedStderr();
    return ran;
}

/// Without their line ends.
inline std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        result.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return result;
}

}  // namespace command_line
