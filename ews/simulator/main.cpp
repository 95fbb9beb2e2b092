// mailferry-exchange: the simulator as a program, for the demo and for those who try a policy.
// Longer than other files: one function a group of options, and what each is turned into.
#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <boost/system/system_error.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "ews/simulator/load.hpp"

namespace {

using ews::simulator::Budget;
using ews::simulator::Login;
using ews::simulator::Options;
using ews::simulator::Simulator;
using ews::simulator::Ways;

struct Arguments {
    std::string listen = "127.0.0.1:0";
    std::vector<std::string> mailboxes;
    std::vector<std::string> services;
    std::vector<std::string> tls;
    std::string load;
    std::vector<std::string> allow;
    std::string faults;
    Budget budget;
    long long back_off = 0;
    long long latency = 0;
    Ways ways;
    Login login;
};

void define_login(CLI::App& app, Arguments& arguments) {
    const std::map<std::string, Login::Scheme> schemes{
        {"basic", Login::Scheme::basic},
        {"ntlm", Login::Scheme::ntlm},
        {"negotiate", Login::Scheme::negotiate}};
    auto& login = arguments.login;
    app.add_option("--login", login.scheme, "How clients log in: basic, ntlm, negotiate [basic]")
        ->type_name("SCHEME")
        ->transform(CLI::CheckedTransformer(schemes).description(""));
    app.add_flag(
        "--channel-binding", login.demands_binding, "NTLM only if bound to the certificate of --tls"
    );
}

void define_ways(CLI::App& app, Arguments& arguments) {
    auto& ways = arguments.ways;
    app.add_option("--faults", arguments.faults, "What goes wrong, and when: a fault a line")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app.add_flag("--grommunio", ways.grommunio, "The ways of grommunio in place of Exchange's");
    app.add_flag("--regenerated-mime", ways.regenerated_mime, "Make MIME anew at each fetch");
    app.add_option("--back-ends", ways.back_ends, "2: subscriptions need the affinity cookie")
        ->check(CLI::Range(1, 2))
        ->capture_default_str();
    app.add_option("--latency", arguments.latency, "Before each answer")
        ->type_name("MS")
        ->check(CLI::Range(0, 600'000));
}

void define_budget(CLI::App& app, Arguments& arguments) {
    auto& budget = arguments.budget;
    app.add_option("--connections", budget.connections, "At most so many of a user; 0: any number")
        ->type_name("N");
    app.add_option("--requests", budget.requests, "At most so many of a user at a time; 0: any")
        ->type_name("N");
    app.add_option("--streams", budget.streams, "At most so many of a user; 0: any number")
        ->type_name("N");
    app.add_option("--subscriptions", budget.subscriptions, "At most so many of a mailbox; 0: 5000")
        ->type_name("N");
    app.add_option(
           "--back-off", arguments.back_off, "Too many requests are ErrorServerBusy with this wait"
    )
        ->type_name("MS")
        ->check(CLI::Range(0, 3'600'000));
}

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
    app.add_option(
           "--allow", arguments.allow, "The account may act for these mailboxes and its own only"
    )
        ->type_name("NAME=ADDR[,ADDR]...");
    app.add_option("--tls", arguments.tls, "Serve HTTPS with this certificate chain and key (PEM)")
        ->type_name("CERT,KEY")
        ->delimiter(',')
        ->expected(2);
    app.add_option("--load", arguments.load, "Directory of .eml files to begin with")
        ->type_name("DIR")
        ->check(CLI::ExistingDirectory);
    define_login(app, arguments);
    define_budget(app, arguments);
    define_ways(app, arguments);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// "name=address,address".
void allow(Simulator& simulator, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) throw std::invalid_argument("--allow must be NAME=ADDR");
    simulator.allow(text.substr(0, equals), CLI::detail::split(text.substr(equals + 1), ','));
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
    options.budget = arguments.budget;
    options.budget.back_off = std::chrono::milliseconds(arguments.back_off);
    options.latency = std::chrono::milliseconds(arguments.latency);
    options.ways = arguments.ways;
    options.login = arguments.login;
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
    for (const auto& text : arguments.allow) allow(simulator, text);
    if (!arguments.faults.empty()) simulator.inject(read_file(arguments.faults));
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
    } catch (const std::invalid_argument& error) {  // an option that is well-formed, but wrong
        fmt::print(stderr, "mailferry-exchange: {}\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        fmt::print(stderr, "mailferry-exchange: {}\n", error.what());
        return 3;
    }
}
