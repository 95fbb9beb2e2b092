// `mailferry run`: the agent in the foreground until SIGTERM or SIGINT.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <memory>
#include <string>

#include "agent/command.hpp"
#include "agent/config.hpp"
#include "agent/ferry.hpp"
#include "agent/limits.hpp"
#include "agent/log.hpp"

namespace agent {

namespace {

int run(const std::string& file) {
    log::start();
    auto config = load_config(file);
    if (!config) {
        for (const FileProblem& problem : config.error()) fmt::print(stderr, "{}\n", to_text(problem));
        return 2;
    }
    boost::asio::io_context context(1);
    const SystemClock clock;
    Result<std::unique_ptr<Ferry>> ferry = Ferry::make(context, std::move(*config), clock);
    if (!ferry) {
        fmt::print(stderr, "mailferry: {}\n", ferry.error().text);
        return 3;
    }
    boost::asio::signal_set signals(context, SIGTERM, SIGINT);
    boost::asio::steady_timer grace(context);
    signals.async_wait([&](const boost::system::error_code& ec, int) {
        if (ec) return;
        log::info("stopping");
        (*ferry)->stop();
        grace.expires_after(limits::shutdown_grace);
        grace.async_wait([&context](const boost::system::error_code&) { context.stop(); });
    });
    (*ferry)->start([&] {
        signals.cancel();
        grace.cancel();
    });
    log::info("started", {{"config", file}, {"version", MAILFERRY_VERSION}});
    context.run();
    log::info("stopped");
    return 0;
}

}  // namespace

void add_run(CLI::App& app, int& exit) {
    auto file = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand(
        "run", "The agent: listens, decides, archives, files; ends with SIGTERM"
    );
    command->add_option("--config", *file, "The configuration of the agent")
        ->required()
        ->type_name("FILE");
    command->callback([file, &exit] { exit = run(*file); });
}

}  // namespace agent
