// The agent as a whole: everything that `mailferry run` sets up from a configuration, mailbox by
// mailbox. Each mailbox has a listener and a worker of its own, so that none waits for another.
// Also used in-process by tests.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agent/big_mails.hpp"
#include "agent/clock.hpp"
#include "agent/config.hpp"
#include "agent/connection.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "agent/noted_streams.hpp"
#include "agent/notice/sender.hpp"
#include "agent/server_finder.hpp"
#include "crm/embedded/embedded.hpp"
#include "crm/overlay/overlay.hpp"
#include "http/signal.hpp"

namespace agent {

class Alarms;
class LocatedService;
class MailboxService;
class Timetable;

/// `observe`: live mailboxes and CRMs are read, decisions are logged, nothing is written: the CRM
/// is an overlay, the journal lies in memory.
enum class Mode { act, observe };

class Ferry {
public:
    /// Opens journal, CRMs and the clients of the servers. What concerns one server only (its
    /// password cannot be read) is logged and leaves out its mailboxes; it is an error where none
    /// is left. Nothing is sent yet. `file` is the configuration's path, for what admins are told.
    static Result<std::unique_ptr<Ferry>> make(
        boost::asio::io_context& context,
        Config config,
        const Clock& clock,
        Mode mode = Mode::act,
        std::string file = ""
    );
    ~Ferry();

    struct Events {
        std::function<void()> on_end;     ///< after stop(), the last mailbox has ended
        std::function<void()> on_reload;  ///< an admin has asked for it, by `mailferry policy`
    };
    /// Spawns everything on the context.
    void start(Events events);
    /// `next` is the configuration that follows, if one does: mailboxes that it does not serve are
    /// left tidy.
    void stop(const Config* next = nullptr);

private:
    Ferry(
        boost::asio::io_context& context,
        Config config,
        const Clock& clock,
        Mode mode,
        std::string file
    );
    Result<void> open();
    Result<void> open_crms();
    Result<void> add(const PolicyConfig& policy);
    Result<std::unique_ptr<Sender>> make_sender();
    std::unique_ptr<Sender> sender_from(
        const ExchangeConfig& exchange, Connection& open, const MailboxConfig& mailbox
    );
    Result<Connection*> connection(const ExchangeConfig& exchange);
    ServerFinder& finder(const ExchangeConfig& exchange, const Connection& connection);
    std::unique_ptr<MailboxService> serve(
        const PolicyConfig& policy,
        const MailboxConfig& config,
        ews::ClientOptions options,
        const std::string& place,
        Timetable timetable
    );
    boost::asio::awaitable<void> keep_house();
    boost::asio::awaitable<void> look_for_news();
    bool answer(const Request& request);
    void spawn(boost::asio::awaitable<void> work, const std::string& name);

    boost::asio::io_context& context_;
    Config config_;
    const Clock& clock_;
    Mode mode_;
    std::unique_ptr<JournalThread> journal_;
    /// A CRM; `overlay` stands above it where we only observe.
    struct Crm {
        std::unique_ptr<crm::embedded::Embedded> real;
        std::unique_ptr<crm::overlay::Overlay> overlay;
    };
    std::map<std::string, Crm> crms_;
    std::unique_ptr<BigMails> big_mails_;
    std::map<std::string, Connection> connections_;
    std::unique_ptr<ews::SrvResolver> dns_;  ///< where somebody may ask it
    std::map<std::string, std::unique_ptr<ServerFinder>> finders_;
    std::map<std::string, std::shared_ptr<ews::StreamGroups>>
        streams_;          ///< by server, one login each
    Leftovers leftovers_;  ///< of mailboxes that are not served yet
    std::vector<std::unique_ptr<LocatedService>> services_;
    std::unique_ptr<Alarms> alarms_;
    std::string file_;
    std::size_t running_ = 0;
    Events events_;
    http::Signal house_;
    std::int64_t last_request_ = 0;  ///< that was handed to its mailbox
    bool stopping_ = false;
};

}  // namespace agent
