// A client and a scripted server on one loop: what the socket tests of http/ begin with.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

#include "http/client.hpp"
#include "tests/http/loop.hpp"
#include "tests/http/test_server.hpp"

namespace testing_http {

class ClientFixture : public testing::Test {
protected:
    void make_client(const http::Options& options = {}) {
        client = http::Client::create(io.get_executor(), options).value();
    }

    /// Server and client speak TLS from now on.
    void use_tls() {
        const Identity ca =
            make_identity(Wanted{.common_name = "Mailferry Test CA", .is_ca = true});
        const std::string file = testing::TempDir() + "mailferry_http_client_ca_" + std::to_string(::getpid()) + ".pem";
        write_file(file, certificate_pem(ca));
        server.use(make_identity(Wanted{.common_name = "good"}, &ca));
        http::Options options;
        options.ca_file = file;
        make_client(options);
    }

    http::Request post(std::string body = "question") {
        http::Request request;
        request.url = server.url();
        request.body = std::move(body);
        return request;
    }

    http::Request get() {
        http::Request request = post("");
        request.method = "GET";
        return request;
    }

    http::Result<http::Response> exchange(http::Request asked) {
        if (!client) make_client();
        return run(io, client->exchange(std::move(asked)));
    }

    asio::io_context io{1};
    TestServer server{io};
    std::unique_ptr<http::Client> client;
};

}  // namespace testing_http
