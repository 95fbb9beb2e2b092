// A connection to a running simulator, for the tests of what goes over the wire.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "ews/simulator/simulator.hpp"
#include "tests/ews/simulator/ask.hpp"

namespace ews::simulator::testing {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;
using Response = http::response<http::string_body>;

inline constexpr const char* get_inbox =
    "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>"
    R"(<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>)";

/// One connection to a simulator.
class Connection {
public:
    explicit Connection(const Simulator& simulator) {
        const auto port = between(simulator.url(), "127.0.0.1:", "/");
        socket_.connect(
            {boost::asio::ip::make_address("127.0.0.1"),
             static_cast<unsigned short>(std::stoi(port))}
        );
    }

    void send(std::string_view body, bool with_password = true) {
        http::request<http::string_body> request{http::verb::post, "/ews/exchange.ASMX", 11};
        request.set(http::field::host, "localhost");
        if (with_password)
            request.set(http::field::authorization, "Basic " + encode_base64(agent + ":secret"));
        request.body() = envelope(body);
        request.prepare_payload();
        http::write(socket_, request);
    }

    Response receive() {
        Response response;
        http::read(socket_, buffer_, response);
        return response;
    }

    Response ask(std::string_view body, bool with_password = true) {
        send(body, with_password);
        return receive();
    }

    /// Reads, chunk marks and all, until `text` has come.
    std::string read_until(std::string_view text) {
        std::string received;
        while (received.find(text) == std::string::npos) {
            char part[4096];
            received.append(part, socket_.read_some(boost::asio::buffer(part)));
        }
        return received;
    }

    bool is_closed() {
        char part[16];
        boost::system::error_code error;
        socket_.read_some(boost::asio::buffer(part), error);
        return error.failed();
    }

    /// All that comes until the server hangs up.
    std::string read_all() {
        std::string received;
        boost::system::error_code error;
        boost::asio::read(socket_, boost::asio::dynamic_buffer(received), error);
        return received;
    }

    /// How much has come and was not read.
    std::size_t available() { return socket_.available(); }

private:
    boost::asio::io_context io_;
    tcp::socket socket_{io_};
    boost::beast::flat_buffer buffer_;
};

}  // namespace ews::simulator::testing
