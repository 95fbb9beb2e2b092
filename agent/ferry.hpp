// The agent as a whole: everything that `mailferry run` sets up from a configuration, mailbox by mailbox. Each
// mailbox has a listener and a worker of its own, so that none waits for another. Also used in-process by tests.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/config.hpp"
#include "agent/connection.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "crm/embedded/embedded.hpp"
#include "crm/overlay/overlay.hpp"

namespace agent {

class MailboxService;

/// `observe`: live mailboxes and CRMs are read, decisions are logged, nothing is written: the CRM is an overlay, the
/// journal lies in memory.
enum class Mode { act, observe };

class Ferry {
public:
    /// Opens journal, CRMs and the clients of the servers. What concerns one server only (its password cannot be
    /// read) is logged and leaves out its mailboxes; it is an error where none is left. Nothing is sent yet.
    static Result<std::unique_ptr<Ferry>> make(
        boost::asio::io_context& context, Config config, const Clock& clock, Mode mode = Mode::act
    );
    ~Ferry();

    /// Spawns everything on the context; `on_end` is called when, after stop(), the last mailbox has ended.
    void start(std::function<void()> on_end);
    void stop();

private:
    Ferry(boost::asio::io_context& context, Config config, const Clock& clock, Mode mode);
    Result<void> open();
    Result<void> open_crms();
    Result<void> add(const PolicyConfig& policy);

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
    std::map<std::string, Connection> connections_;
    std::vector<std::unique_ptr<MailboxService>> services_;
    std::size_t running_ = 0;
    std::function<void()> on_end_;
};

}  // namespace agent
