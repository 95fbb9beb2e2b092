// `mailferry run`: the agent in the foreground until SIGTERM or SIGINT; SIGHUP takes up a changed configuration.
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
#include "agent/commands/problems.hpp"
#include "agent/config.hpp"
#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/service.hpp"

namespace agent {

namespace {

void reload_on(boost::asio::signal_set& signals, Service& service) {
    signals.async_wait([&](const boost::system::error_code& ec, int) {
        if (ec) return;
        service.reload();
        reload_on(signals, service);
    });
}

int run(const std::string& file, Mode mode) {
    log::start();
    auto config = load_config(file);
    if (!config) return complain(config.error());
    boost::asio::io_context context(1);
    const SystemClock clock;
    boost::asio::signal_set ends(context, SIGTERM, SIGINT);
    boost::asio::signal_set reloads(context, SIGHUP);
    boost::asio::steady_timer grace(context);
    Service service(context, file, clock, [&] {
        ends.cancel();
        reloads.cancel();
        grace.cancel();
    }, mode);
    const Result<void> started = service.start(std::move(*config));
    if (!started) {
        fmt::print(stderr, "mailferry: {}\n", started.error().text);
        return 3;
    }
    log::info(
        mode == Mode::observe ? "observing" : "started", {{"config", file}, {"version", MAILFERRY_VERSION}}
    );
    int exit = 3;  // unless we are asked to end
    ends.async_wait([&](const boost::system::error_code& ec, int) {
        if (ec) return;
        log::info("stopping");
        exit = 0;
        reloads.cancel();
        service.stop();
        grace.expires_after(limits::shutdown_grace);
        grace.async_wait([&](const boost::system::error_code& cancelled) {
            if (cancelled) return;
            exit = 4;  // what was under way is taken up at the next start
            context.stop();
        });
    });
    reload_on(reloads, service);
    context.run();
    log::info("stopped");
    return exit;
}

}  // namespace

void add_run(CLI::App& app, int& exit) {
    auto file = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand(
        "run", "The agent: listens, decides, archives, files; SIGHUP reads its files again, SIGTERM ends it"
    );
    command->add_option("--config", *file, "The configuration of the agent")
        ->required()
        ->type_name("FILE");
    auto observe = std::make_shared<bool>(false);
    command->add_flag(
        "--observe",
        *observe,
        "Looks at the live mailboxes and logs every decision; writes nothing, neither there nor in the CRM"
    );
    command->callback([file, observe, &exit] {
        exit = run(*file, *observe ? Mode::observe : Mode::act);
    });
}

}  // namespace agent
