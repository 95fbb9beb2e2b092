// mailferry-exchange: the simulator as a program, for the demo and for those who try a policy.
#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <boost/system/system_error.hpp>
#include <cstdio>

#include "ews/simulator/load.hpp"

namespace {

using ews::simulator::Options;
using ews::simulator::Simulator;

struct Arguments {
    std::string listen = "127.0.0.1:0";
    std::vector<std::string> mailboxes;
    std::vector<std::string> services;
    std::vector<std::string> tls;
    std::string load;
};

void define(CLI::App& app, Arguments& arguments) {
    app.add_option("--listen", arguments.listen, "Address and port; port 0 takes a free one")
        ->type_name("ADDR:PORT")
        ->capture_default_str();
    app.add_option(
           "--mailbox", arguments.mailboxes, "A mailbox; its password is 'secret' if none is given"
    )
        ->type_name("ADDR[:PASSWORD]")
        ->required();
    app.add_option("--service", arguments.services, "An account that may impersonate every mailbox")
        ->type_name("NAME[:PASSWORD]");
    app.add_option("--tls", arguments.tls, "Serve HTTPS with this certificate chain and key (PEM)")
        ->type_name("CERT,KEY")
        ->delimiter(',')
        ->expected(2);
    app.add_option("--load", arguments.load, "Directory of .eml files to begin with")
        ->type_name("DIR")
        ->check(CLI::ExistingDirectory);
}

/// "name:password" -> both; the password is "secret" where none is given.
std::pair<std::string, std::string> split_account(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return {text, "secret"};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

Options read_options(const Arguments& arguments) {
    Options options;
    const auto colon = arguments.listen.rfind(':');
    const auto port = colon == std::string::npos ? "" : arguments.listen.substr(colon + 1);
    unsigned short number = 0;
    if (!CLI::detail::lexical_cast(port, number))
        throw CLI::ValidationError("--listen", "must be ADDR:PORT");
    options.address = arguments.listen.substr(0, colon);
    if (options.address.starts_with('[') && options.address.ends_with(']'))
        options.address = options.address.substr(1, options.address.size() - 2);
    options.port = number;
    if (arguments.tls.size() == 2) {
        options.certificate = arguments.tls[0];
        options.private_key = arguments.tls[1];
    }
    return options;
}

void run(const Arguments& arguments, const Options& options) {
    // Blocked before the first thread starts, so that only sigwait below sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    Simulator simulator(options);
    std::vector<std::string> addresses;
    for (const auto& text : arguments.mailboxes) {
        const auto [address, password] = split_account(text);
        simulator.add_mailbox(address, password);
        addresses.push_back(address);
    }
    for (const auto& text : arguments.services) {
        const auto [name, password] = split_account(text);
        simulator.add_service_account(name, password);
    }
    if (!arguments.load.empty()) {
        const auto count = ews::simulator::load(simulator, arguments.load, addresses);
        fmt::print(stderr, "mailferry-exchange: {} mails loaded\n", count);
    }
    simulator.start();
    fmt::print("ready {}\n", simulator.url());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "An Exchange server in small: EWS for one machine, mail in memory.", "mailferry-exchange"
    );
    app.set_version_flag("--version", MAILFERRY_VERSION);
    Arguments arguments;
    define(app, arguments);
    try {
        app.parse(argc, argv);
        run(arguments, read_options(arguments));
        return 0;
    } catch (const CLI::Error& error) {
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const boost::system::system_error& error) {
        fmt::print(stderr, "mailferry-exchange: {}\n", error.code().message());
        return 3;
    } catch (const std::exception& error) {
        fmt::print(stderr, "mailferry-exchange: {}\n", error.what());
        return 3;
    }
}
