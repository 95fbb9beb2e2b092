// A TLS server that asks its clients for a certificate: during the handshake, or, as IIS does,
// after it has read a request. In a thread of its own and on plain OpenSSL, because Asio has no
// such server. It tells each client by which name it knows it.
#pragma once

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <thread>

#include "tests/http/certificates.hpp"

namespace testing_http {

struct Asking {
    enum class When { never, during_handshake, after_request };
    When when = When::never;
    int version = TLS1_3_VERSION;
};

/// For one connection. To be destroyed only after the client has been there.
class AskingServer {
public:
    /// Knows clients whose certificate `ca` has signed.
    AskingServer(const Identity& own, const Identity& ca, Asking asking)
        : asking_(asking), context_(SSL_CTX_new(TLS_server_method())) {
        SSL_CTX* context = context_.get();
        SSL_CTX_set_min_proto_version(context, asking.version);
        SSL_CTX_set_max_proto_version(context, asking.version);
        SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");  // old versions need old ciphers
        SSL_CTX_use_certificate(context, own.certificate.get());
        SSL_CTX_use_PrivateKey(context, own.key.get());
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), ca.certificate.get());
        SSL_CTX_set_options(context, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION);
        SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);  // reads end also behind a handshake
        SSL_CTX_set_session_id_context(context, &session_id, 1);
        if (asking.when == Asking::When::during_handshake) {
            SSL_CTX_set_verify(context, demanding, nullptr);
        }
        thread_ = std::thread([this] { serve(); });
    }
    ~AskingServer() { thread_.join(); }
    AskingServer(const AskingServer&) = delete;
    AskingServer& operator=(const AskingServer&) = delete;

    std::string url() const {
        return "https://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/ews";
    }

private:
    using Handle = std::unique_ptr<SSL, FreedBy<SSL_free>>;
    static constexpr int demanding = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    static constexpr unsigned char session_id = 1;

    void serve() {
        boost::asio::ip::tcp::socket socket = acceptor_.accept();
        const Handle tls(SSL_new(context_.get()));
        SSL_set_fd(tls.get(), socket.native_handle());
        converse(tls.get());
        // Until the client has gone: a socket closed over unread bytes would swallow the last
        // alert.
        boost::system::error_code gone;
        socket.shutdown(socket.shutdown_send, gone);
        char rest[1000];
        while (!gone) socket.read_some(boost::asio::buffer(rest), gone);
    }

    void converse(SSL* tls) const {
        if (SSL_accept(tls) != 1 || !read_request(tls)) return;
        if (asking_.when == Asking::When::after_request && !ask(tls)) return;
        const std::string body = client_of(tls);
        const std::string answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
                                   std::to_string(body.size()) + "\r\n\r\n" + body;
        SSL_write(tls, answer.data(), static_cast<int>(answer.size()));
    }

    static bool read_request(SSL* tls) {
        std::string text;
        char byte = 0;
        while (!text.ends_with("\r\n\r\n")) {
            const int size = SSL_read(tls, &byte, 1);
            if (size == 1) text += byte;
            if (size != 1 && SSL_get_error(tls, size) != SSL_ERROR_WANT_READ) return false;
        }
        return true;
    }

    bool ask(SSL* tls) const {
        SSL_set_verify(tls, demanding, nullptr);
        const bool can = asking_.version == TLS1_3_VERSION
                             ? SSL_verify_client_post_handshake(tls) == 1
                             : SSL_renegotiate(tls) == 1;
        if (!can || SSL_do_handshake(tls) != 1) return false;
        char byte = 0;
        while (SSL_get0_peer_certificate(tls) == nullptr) {
            const int size = SSL_read(tls, &byte, 1);
            if (size > 0 || SSL_get_error(tls, size) != SSL_ERROR_WANT_READ) return false;
        }
        return true;
    }

    static std::string client_of(SSL* tls) {
        X509* certificate = SSL_get0_peer_certificate(tls);
        if (certificate == nullptr) return "nobody";
        char name[100] = "";
        X509_NAME_get_text_by_NID(
            X509_get_subject_name(certificate), NID_commonName, name, sizeof name
        );
        return name;
    }

    Asking asking_;
    std::unique_ptr<SSL_CTX, FreedBy<SSL_CTX_free>> context_;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{
        io_, boost::asio::ip::tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), 0)};
    std::thread thread_;
};

}  // namespace testing_http
