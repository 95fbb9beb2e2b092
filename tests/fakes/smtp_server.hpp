// An SMTP server (RFC 5321, STARTTLS of RFC 3207, AUTH PLAIN and LOGIN of RFC 4954) in a thread of
// its own, which remembers what it got and fails as it is told to.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fakes {

/// How the server is set up, and how it fails.
struct SmtpBehaviour {
    std::string certificate, key;  ///< PEM; "" for a server without TLS
    bool tls_at_once =
        false;          ///< as on port 465; else STARTTLS is offered where there is a certificate
    std::string login;  ///< "\0user\0password" in base64; "" asks for none
    std::string login_refused = "535 5.7.8 Authentication failed";
    bool login_only = false;  ///< offers AUTH LOGIN but not PLAIN
    std::string greeting = "220 fake.example ESMTP";
    std::set<std::string> unknown;              ///< recipients that are refused, for good …
    std::set<std::string> busy;                 ///< … and for now
    std::string accepted = "250 2.0.0 queued";  ///< what is said to a mail
    bool silent = false;                        ///< takes connections and says nothing
    bool drops_after_data = false;  ///< takes the mail and cuts the connection: its answer is lost
};

struct SmtpMail {
    std::string from;
    std::vector<std::string> to;
    std::string data;  ///< as it was written, dots unstuffed
    bool tls = false, logged_in = false;
};

class SmtpServer {
public:
    explicit SmtpServer(SmtpBehaviour behaviour = {}) : behaviour_(std::move(behaviour)) {
        if (!behaviour_.certificate.empty()) {
            using boost::asio::buffer;
            using boost::asio::ssl::context;
            tls_.use_certificate(buffer(behaviour_.certificate), context::pem);
            tls_.use_private_key(buffer(behaviour_.key), context::pem);
        }
        boost::asio::co_spawn(io_, accept(), boost::asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~SmtpServer() {
        io_.stop();
        thread_.join();
    }
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::vector<SmtpMail> mails() const {
        const std::lock_guard lock(mutex_);
        return mails_;
    }
    /// Every line that came but those of mails.
    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

private:
    using Socket = boost::asio::ip::tcp::socket;
    template <class T>
    using awaitable = boost::asio::awaitable<T>;

    struct Session {
        SmtpMail mail;
        std::string unread;
        bool tls = false, logged_in = false;
        bool ended = false, wants_tls = false;
    };

    awaitable<void> accept() {
        for (;;) {
            Socket socket = co_await acceptor_.async_accept(boost::asio::use_awaitable);
            boost::asio::co_spawn(io_, serve(std::move(socket)), boost::asio::detached);
        }
    }

    awaitable<void> serve(Socket socket) {
        Session session;
        if (behaviour_.silent) {
            co_await line_of(socket, session);
            co_return;
        }
        if (!behaviour_.tls_at_once) {
            co_await say(socket, behaviour_.greeting);
            co_await talk(socket, session);
            if (!session.wants_tls) co_return;
        }
        boost::asio::ssl::stream<Socket> secure(std::move(socket), tls_);
        const auto side = boost::asio::ssl::stream_base::server;
        co_await secure.async_handshake(side, boost::asio::use_awaitable);
        session = Session();
        session.tls = true;
        if (behaviour_.tls_at_once) co_await say(secure, behaviour_.greeting);
        co_await talk(secure, session);
    }

    template <class Stream>
    awaitable<void> talk(Stream& stream, Session& session) {
        while (!session.ended && !session.wants_tls) {
            const std::string line = co_await line_of(stream, session);
            const std::string command = line.substr(0, 4);
            if (command == "DATA") {
                co_await take_mail(stream, session);
            } else if (command == "AUTH") {
                co_await log_in(stream, session, line);
            } else {
                const std::string reply = answer(line, command, session);
                co_await say(stream, reply);
            }
        }
    }

    std::string answer(const std::string& line, const std::string& command, Session& session) {
        if (command == "EHLO") return capabilities(session);
        if (command == "STAR" && offers_tls(session)) {
            session.wants_tls = true;
            return "220 go ahead";
        }
        if (command == "QUIT") {
            session.ended = true;
            return "221 bye";
        }
        if (!behaviour_.login.empty() && !session.logged_in)
            return "530 5.7.0 Authentication required";
        const std::string address = between_brackets(line);
        if (command == "MAIL") {
            session.mail = SmtpMail();
            session.mail.from = address;
            return "250 2.1.0 ok";
        }
        if (command != "RCPT") return "500 5.5.1 unknown: " + line;
        if (behaviour_.unknown.contains(address)) return "550 5.1.1 no such user";
        if (behaviour_.busy.contains(address)) return "450 4.2.0 greylisted";
        session.mail.to.push_back(address);
        return "250 2.1.5 ok";
    }

    std::string capabilities(const Session& session) const {
        std::string text = "250-fake.example\r\n";
        if (offers_tls(session)) text += "250-STARTTLS\r\n";
        if (!behaviour_.login.empty()) {
            text += behaviour_.login_only ? "250-AUTH LOGIN GSSAPI\r\n"
                                          : "250-AUTH GSSAPI PLAIN LOGIN\r\n";
        }
        return text + "250 SIZE 1000000";
    }

    bool offers_tls(const Session& session) const {
        return !behaviour_.certificate.empty() && !session.tls;
    }

    template <class Stream>
    awaitable<void> log_in(Stream& stream, Session& session, std::string line) {
        std::string given;
        if (line == "AUTH PLAIN") {
            co_await say(stream, "334 ");
            given = co_await line_of(stream, session);
        } else if (line == "AUTH LOGIN") {
            co_await say(stream, "334 VXNlcm5hbWU6");
            const std::string user = co_await line_of(stream, session);
            co_await say(stream, "334 UGFzc3dvcmQ6");
            const std::string password = co_await line_of(stream, session);
            given = user + " " + password;
        }
        session.logged_in = given == behaviour_.login;
        const std::string reply =
            session.logged_in ? "235 2.7.0 welcome" : behaviour_.login_refused;
        co_await say(stream, reply);
    }

    template <class Stream>
    awaitable<void> take_mail(Stream& stream, Session& session) {
        co_await say(stream, "354 go ahead");
        const auto buffer = boost::asio::dynamic_buffer(session.unread);
        const std::string end = "\r\n.\r\n";
        const std::size_t size =
            co_await boost::asio::async_read_until(stream, buffer, end, boost::asio::use_awaitable);
        session.mail.data = session.unread.substr(0, size - 3);
        session.unread.erase(0, size);
        std::string& data = session.mail.data;
        for (auto at = data.find("\r\n.."); at != std::string::npos;
             at = data.find("\r\n..", at + 3)) {
            data.erase(at + 2, 1);
        }
        session.mail.tls = session.tls;
        session.mail.logged_in = session.logged_in;
        if (behaviour_.accepted.starts_with("2")) {
            const std::lock_guard lock(mutex_);
            mails_.push_back(session.mail);
        }
        session.ended = behaviour_.drops_after_data;
        if (!session.ended) co_await say(stream, behaviour_.accepted);
    }

    template <class Stream>
    awaitable<std::string> line_of(Stream& stream, Session& session) {
        const auto buffer = boost::asio::dynamic_buffer(session.unread);
        const std::string end = "\r\n";
        const std::size_t size =
            co_await boost::asio::async_read_until(stream, buffer, end, boost::asio::use_awaitable);
        std::string line = session.unread.substr(0, size - 2);
        session.unread.erase(0, size);
        const std::lock_guard lock(mutex_);
        lines_.push_back(line);
        co_return line;
    }

    template <class Stream>
    awaitable<void> say(Stream& stream, std::string text) {
        text += "\r\n";
        const auto bytes = boost::asio::buffer(text);
        co_await boost::asio::async_write(stream, bytes, boost::asio::use_awaitable);
    }

    static std::string between_brackets(const std::string& line) {
        const auto begin = line.find('<') + 1;
        return line.substr(begin, line.find('>') - begin);
    }

    SmtpBehaviour behaviour_;
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_server};
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{
        io_, boost::asio::ip::tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), 0)};
    mutable std::mutex mutex_;
    std::vector<SmtpMail> mails_;     ///< guarded by mutex_
    std::vector<std::string> lines_;  ///< guarded by mutex_
    std::thread thread_;
};

}  // namespace fakes
