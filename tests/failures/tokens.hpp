// An agent that logs in with OAuth: an endpoint that gives it tokens, and a gateway before the
// server that takes the valid one for a password and lets everything else be refused.
#pragma once

#include <atomic>
#include <string>

#include "http/auth/base64.hpp"
#include "tests/failures/meddler.hpp"
#include "tests/failures/site.hpp"
#include "tests/http/test_server.hpp"

namespace failures {

class Tokens {
public:
    /// The endpoint answers so often. The site must have stopped before this goes.
    Tokens(Site& site, int answers)
        : endpoint_(site.context), gateway_(site.exchange.url(), [this](std::string said) {
              return admitted(std::move(said));
          }) {
        std::vector<testing_http::Script> scripts;
        for (int i = 1; i <= answers; ++i)
            scripts.push_back({testing_http::request(), testing_http::send(grant(i))});
        endpoint_.play(std::move(scripts));
        site.set_up(gateway_.url());
        site.change_config(" user=\"ferry@us.example\"", " login=\"oauth\"");
        site.change_config(
            "<password file=\"password\"/>",
            "<oauth client-id=\"ferry\" token-url=\"" + endpoint_.url() +
                "\"><secret file=\"password\"/></oauth>"
        );
    }
    /// Only the next one is valid from now on.
    void expire() { ++valid_; }
    std::size_t given() const { return endpoint_.requests.size(); }

private:
    static std::string grant(int number) {
        const std::string body =
            R"({"token_type":"Bearer","expires_in":3600,"access_token":"token-)" +
            std::to_string(number) + "\"}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: "
               "close\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    /// On the thread of the gateway.
    std::string admitted(std::string said) const {
        const std::string start = "Authorization: Bearer token-";
        const auto at = said.find(start);
        if (at == std::string::npos) return said;
        const auto end = said.find("\r\n", at);
        const int number = std::stoi(said.substr(at + start.size()));
        if (number < valid_) return said;
        return said.replace(
            at, end - at, "Authorization: Basic " + http::to_base64("ferry@us.example:secret")
        );
    }

    std::atomic<int> valid_ = 1;
    testing_http::TestServer endpoint_;
    Meddler gateway_;
};

}  // namespace failures
