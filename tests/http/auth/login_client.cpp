// Asks a server some times through http::Client with a login by GSSAPI and prints what came, one
// answer a line: what kerberos_check.sh and apache_check.sh look at. A program because KRB5_CONFIG
// and its like hold for a process. usage: login_client URL|own [--user U] [--keytab FILE]
// [--requests N] [--anew]
//                     [--tls] [--bound-to-another] [--each-time] [--no-proof]
// PASSWORD comes by the environment; --anew: a client for each request. "own" is a GssServer with
// Kerberos, of which the second line of options tells how it behaves, and the last line of the
// output what it saw.
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include "http/auth/channel_binding.hpp"
#include "http/auth/negotiate.hpp"
#include "http/client.hpp"
#include "tests/http/auth/gss_server.hpp"
#include "tests/http/loop.hpp"

namespace {

using namespace testing_http;

bool ask(asio::io_context& io, http::Client& client, const std::string& url) {
    http::Request request;
    request.url = url;
    request.body = "question";
    const auto answer = run(io, client.exchange(std::move(request)));
    if (answer) {
        std::cout << answer->status << " " << answer->body.substr(0, answer->body.find('\n'))
                  << std::endl;
        return answer->status == 200;
    }
    std::cout << "error " << static_cast<int>(answer.error().code) << ": " << answer.error().text
              << std::endl;
    return false;
}

/// The server's binding is demanded; the client trusts its certificate.
void use_tls(GssServer& server, http::Options& options, const char* folder) {
    const Identity identity = make_identity(Wanted{"own"});
    options.ca_file = std::string(folder) + "/own.pem";
    write_file(options.ca_file, certificate_pem(identity));
    const auto hash = http::server_end_point(identity.certificate.get());
    server.manners.binding = "tls-server-end-point:" + std::string(hash.begin(), hash.end());
    server.use(identity);
}

}  // namespace

/// Asked by LeakSanitizer: gss-ntlmssp 1.2 loses memory with every password that it reads.
extern "C" int __lsan_is_turned_off() {
    return 1;
}

int main(int argc, char** argv) {
    std::map<std::string, std::string> given;
    for (int i = 2; i < argc; ++i) {
        const std::string option = argv[i];
        const bool has_value = option == "--user" || option == "--keytab" || option == "--requests";
        given[option] = has_value && i + 1 < argc ? argv[++i] : "1";
    }
    const char* password = std::getenv("PASSWORD");
    const char* folder = std::getenv("TMPDIR");
    if (argc < 2 || folder == nullptr) return 2;

    asio::io_context io{1};
    GssServer server(io);
    http::Options options;
    server.manners.kerberos = true;
    server.manners.schemes = {"Negotiate"};
    server.manners.each_time = given.contains("--each-time");
    server.manners.proves_itself = !given.contains("--no-proof");
    if (given.contains("--tls")) use_tls(server, options, folder);
    if (given.contains("--bound-to-another")) server.manners.binding += "x";
    const bool own = std::string(argv[1]) == "own";
    const std::string url = own ? server.url() : argv[1];

    const std::string secret = password == nullptr ? "" : password;
    auto authenticator =
        http::negotiate_authenticator({given["--user"], secret, given["--keytab"]});
    options.authenticator = authenticator.value();
    std::unique_ptr<http::Client> client;
    bool good = true;
    const int requests = given.contains("--requests") ? std::stoi(given["--requests"]) : 1;
    for (int i = 0; i < requests; ++i) {
        if (!client || given.contains("--anew"))
            client = http::Client::create(io.get_executor(), options).value();
        good = ask(io, *client, url) && good;
    }
    if (own) std::cout << server.story() << std::endl;
    return good ? 0 : 1;
}
