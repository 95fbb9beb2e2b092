// A web server that lets in by GSSAPI, in the test's own thread: an acceptor as servers have it, so
// that a client is held against something that was not made from it. NTLM needs no more than a file
// with passwords.
#pragma once

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/auth/base64.hpp"
#include "tests/http/test_server.hpp"

namespace testing_http {

inline gss_OID ntlm_mechanism() {
    static char bytes[] = "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";
    static gss_OID_desc oid{10, bytes};
    return &oid;
}

/// How it behaves; each is a way of a real one.
struct GssManners {
    bool kerberos = false;  ///< by the keytab that KRB5_KTNAME names; else NTLM
    std::vector<std::string> schemes{"Negotiate", "NTLM"};
    std::string binding;           ///< demanded as channel binding, "" for none
    bool closes = false;           ///< the connection after each answer to a client that is in
    bool closes_refusals = false;  ///< the connection after a 401 without a token
    int stray_401_at =
        0;  ///< the how-manieth request of a client that is in is refused all the same
    bool each_time = false;     ///< a login counts for one request only
    bool proves_itself = true;  ///< sends its last token, with the answer
    int busy_at = 0;  ///< the how-manieth request of all is answered with 503 by a gateway
};

/// What one connection of a server knows of its client.
class GssAcceptor {
public:
    GssAcceptor() = default;
    GssAcceptor(const GssAcceptor&) = delete;
    GssAcceptor& operator=(const GssAcceptor&) = delete;
    ~GssAcceptor() { forget(); }

    /// From a token to the one to send back, "" for none.
    std::string step(const std::string& token, const GssManners& manners) {
        const std::string& binding = manners.binding;
        inside = false;
        OM_uint32 minor = 0;
        gss_OID_set_desc ntlm{1, ntlm_mechanism()};
        gss_OID_set const by = manners.kerberos ? GSS_C_NO_OID_SET : &ntlm;
        gss_cred_id_t own = GSS_C_NO_CREDENTIAL;
        gss_acquire_cred(
            &minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, by, GSS_C_ACCEPT, &own, nullptr, nullptr
        );
        gss_channel_bindings_struct expected{};
        expected.application_data = {binding.size(), const_cast<char*>(binding.data())};
        gss_buffer_desc input{token.size(), const_cast<char*>(token.data())};
        gss_buffer_desc output = GSS_C_EMPTY_BUFFER;
        OM_uint32 flags = 0;
        const OM_uint32 major = gss_accept_sec_context(
            &minor,
            &context_,
            own,
            &input,
            binding.empty() ? GSS_C_NO_CHANNEL_BINDINGS : &expected,
            nullptr,
            nullptr,
            &output,
            &flags,
            nullptr,
            nullptr
        );
        const bool bound = binding.empty() || (flags & GSS_C_CHANNEL_BOUND_FLAG) != 0;
        inside = major == GSS_S_COMPLETE && bound;
        std::string reply(static_cast<const char*>(output.value), output.length);
        gss_release_buffer(&minor, &output);
        gss_release_cred(&minor, &own);
        if (major != GSS_S_CONTINUE_NEEDED) forget();
        return reply;
    }

    bool inside = false;

private:
    void forget() {
        OM_uint32 minor = 0;
        gss_delete_sec_context(&minor, &context_, GSS_C_NO_BUFFER);
    }

    gss_ctx_id_t context_ = GSS_C_NO_CONTEXT;
};

class GssServer {
public:
    struct Seen {
        std::string authorization;  ///< scheme alone
        std::size_t body = 0;
        unsigned status = 0;
        int connection = 0;
    };

    explicit GssServer(asio::io_context& io)
        : io_(io), acceptor_(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)) {
        asio::co_spawn(io_, accept(), asio::detached);
    }

    void use(const Identity& identity) {
        tls_.emplace(asio::ssl::context::tls_server);
        tls_->use_certificate(asio::buffer(certificate_pem(identity)), asio::ssl::context::pem);
        tls_->use_private_key(asio::buffer(key_pem(identity)), asio::ssl::context::pem);
    }

    std::string url() const {
        const std::string scheme = tls_ ? "https://localhost:" : "http://localhost:";
        return scheme + std::to_string(acceptor_.local_endpoint().port()) + "/EWS";
    }

    /// "401 NTLM 0 | 200 NTLM 8": status, scheme and bytes of the body, request by request.
    std::string story() const {
        std::string text;
        for (const Seen& each : seen) {
            if (!text.empty()) text += " | ";
            text += std::to_string(each.status) + " " + each.authorization + " " +
                    std::to_string(each.body);
        }
        return text;
    }

    GssManners manners;
    std::vector<Seen> seen;
    int connections = 0;

private:
    using Request = boost::beast::http::request<boost::beast::http::string_body>;

    asio::awaitable<void> accept() {
        for (;;) {
            auto [ec, socket] = co_await acceptor_.async_accept(waited);
            if (ec) co_return;
            asio::co_spawn(io_, serve(std::move(socket), ++connections), asio::detached);
        }
    }

    asio::awaitable<void> serve(tcp::socket socket, int number) {
        if (!tls_) {
            co_await talk(socket, number);
            co_return;
        }
        asio::ssl::stream<tcp::socket> stream(std::move(socket), *tls_);
        auto [ec] = co_await stream.async_handshake(asio::ssl::stream_base::server, waited);
        if (!ec) co_await talk(stream, number);
    }

    template <class Stream>
    asio::awaitable<void> talk(Stream& stream, int number) {
        GssAcceptor client;
        int served = 0;
        boost::beast::flat_buffer buffer;
        for (bool stays = true; stays;) {
            Request request;
            auto [ec, size] =
                co_await boost::beast::http::async_read(stream, buffer, request, waited);
            if (ec) co_return;
            const std::string reply = answer(request, client, served, number, stays);
            const auto bytes = asio::buffer(reply);
            auto [failed, written] = co_await asio::async_write(stream, bytes, waited);
            if (failed) co_return;
        }
    }

    std::string answer(
        const Request& request, GssAcceptor& client, int& served, int number, bool& stays
    ) {
        const std::string field(request["Authorization"]);
        const std::string scheme = field.substr(0, field.find(' '));
        seen.push_back({scheme.empty() ? "-" : scheme, request.body().size(), 200, number});
        unsigned& status = seen.back().status;
        if (static_cast<int>(seen.size()) == manners.busy_at) return head(status = 503, "", true);
        std::string token;
        if (!field.empty()) {
            token = http::from_base64(field.substr(scheme.size() + 1)).value();
            token = client.step(token, manners);
        }
        const std::string reply =
            token.empty() ? ""
                          : "WWW-Authenticate: " + scheme + " " + http::to_base64(token) + "\r\n";
        const bool stray = client.inside && ++served == manners.stray_401_at;
        if (client.inside && !stray) {
            stays = !manners.closes;
            client.inside = !manners.each_time;
            return head(200, manners.proves_itself ? reply : "", stays);
        }
        status = 401;
        stays = !reply.empty() || !manners.closes_refusals;
        if (!reply.empty()) return head(401, reply, stays);
        std::string offer;
        for (const std::string& each : manners.schemes)
            offer += "WWW-Authenticate: " + each + "\r\n";
        return head(401, offer, stays);
    }

    static std::string head(unsigned status, const std::string& fields, bool stays) {
        const std::string body = status == 200 ? "mail" : "<html>no</html>";
        return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + fields +
               (stays ? "" : "Connection: close\r\n") +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    asio::io_context& io_;
    tcp::acceptor acceptor_;
    std::optional<asio::ssl::context> tls_;
};

}  // namespace testing_http
