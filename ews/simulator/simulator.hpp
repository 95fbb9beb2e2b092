// The Exchange simulator for use inside a test: a server on 127.0.0.1 in a thread of its own, and a
// side door to what lies in its mailboxes. `mailferry-exchange` is the same class behind a command
// line.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/fault.hpp"

namespace ews::simulator {

/// What one user may have at a time; 0: as much as it wants. What is beyond is refused with
/// ErrorExceededConnectionCount, subscriptions with ErrorExceededSubscriptionCount.
struct Budget {
    std::size_t connections = 0;
    std::size_t requests = 0;       ///< that are being answered, streams apart
    std::size_t streams = 0;        ///< HangingConnectionLimit
    std::size_t subscriptions = 0;  ///< of a mailbox; 0: limits::subscriptions_per_mailbox
    /// Set: too many requests are ErrorServerBusy with this as BackOffMilliseconds.
    std::chrono::milliseconds back_off{0};
};

/// How this server differs from an Exchange server that stands alone.
struct Ways {
    bool grommunio = false;         ///< gromox 3.10 as observed: see grommunio.hpp
    bool regenerated_mime = false;  ///< MIME is made anew at each fetch, as Exchange does
    /// 2: subscriptions live behind the cookie X-BackEndOverrideCookie. What comes without it is
    /// served by the other back end, where they are not known.
    unsigned back_ends = 1;
};

/// How clients log in.
struct Login {
    enum class Scheme {
        basic,     ///< with each request
        ntlm,      ///< a connection is logged in, once
        negotiate  ///< NTLM as well, within SPNEGO or without; without Kerberos
    };
    Scheme scheme = Scheme::basic;
    /// Extended Protection: NTLM has to be bound to the certificate that this server has shown.
    bool demands_binding = false;
};

struct Options {
    std::string address = "127.0.0.1";
    unsigned short port = 0;  ///< 0 takes any free port, and the same one again after stop()
    std::string certificate;  ///< PEM file (chain); with `private_key` the server speaks TLS
    std::string private_key;  ///< PEM file
    std::chrono::milliseconds heartbeat{45'000};  ///< between two StatusEvents of a quiet stream
    std::chrono::milliseconds latency{0};         ///< before every answer but streams
    Budget budget = {};
    Ways ways = {};
    Login login = {};
};

struct ItemSnapshot {
    std::string id;
    std::string change_key;
    std::string item_class;
    std::string subject;
    std::string message_id;  ///< "<…>", "" if the mail has none
    std::vector<std::string> categories;
    /// "{property set guid, lower case}/{name}" or "0x1035" -> values
    std::map<std::string, std::vector<std::string>> properties;
    bool is_read = false;
    bool is_draft = false;
    std::string mime;
};

struct FolderSnapshot {
    std::string id;
    std::string parent_id;
    std::string display_name;
    std::string distinguished;  ///< "inbox"; "" for a folder that a user made
    std::size_t items = 0;
    std::size_t unread = 0;
};

/// Is called when a request has come, and again when it has been carried out and is to be answered.
/// With false the connection is closed instead: the request is lost, or its answer. Runs on the
/// thread of the server and must not call the simulator.
using RequestWitness = std::function<bool(std::string_view operation, bool carried_out)>;

/// Every member may be called from any thread, before, while and after the server runs. In all of
/// them `folder` is a distinguished id ("inbox"), a folder id, or a display name; a name that is
/// unknown becomes a folder below msgfolderroot where mail is put, and has no items where it is
/// read. A mailbox that is unknown is an error of the test: std::invalid_argument.
class Simulator {
public:
    explicit Simulator(Options options = {});
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    void add_mailbox(std::string address, std::string password = "secret");
    /// An account without a mailbox that may act for every mailbox (ExchangeImpersonation).
    void add_service_account(std::string name, std::string password = "secret");
    /// From now on the account may act for these mailboxes, beside its own, and for no others. For
    /// a user these are delegate rights: it names the mailbox in the folder, or impersonates.
    void allow(std::string_view account, std::vector<std::string> mailboxes);

    /// ResolveNames knows the mailbox by this X.500 name (legacyExchangeDN) as well. A mail is from
    /// such a name where its From is "IMCEAEX-…@…".
    void add_legacy_name(std::string_view address, std::string_view name);

    /// Listens; throws boost::system::system_error where that is impossible, std::runtime_error
    /// where NTLM is, std::invalid_argument for a binding that is demanded without NTLM or TLS. No
    /// effect while it runs.
    void start();
    /// Ends all connections at once. Mailboxes, subscriptions and sync states stay.
    void stop();
    /// "http://127.0.0.1:40123/EWS/Exchange.asmx"; valid after the first start().
    std::string url() const;

    /// Mail arrives from outside: unread, with Created, NewMail and Modified events. Returns its
    /// item id.
    std::string deliver(std::string_view mailbox, std::string_view folder, std::string mime);
    /// A user drags an item; returns its new id, "" if there is no such item.
    std::string move(std::string_view mailbox, std::string_view item, std::string_view to_folder);
    /// A user copies an item; returns the id of the copy, "" if there is no such item.
    std::string copy(std::string_view mailbox, std::string_view item, std::string_view to_folder);
    /// A user sets these categories and no others; false if there is no such item.
    bool categorise(
        std::string_view mailbox, std::string_view item, std::vector<std::string> categories
    );
    /// The server keeps an extended property ("0x5d02") with the item; false if there is none.
    bool set_property(
        std::string_view mailbox, std::string_view item, std::string key, std::string value
    );
    /// A user opens an item; false if there is no such item.
    bool mark_read(std::string_view mailbox, std::string_view item);
    /// A user deletes an item for good; false if there is no such item.
    bool erase(std::string_view mailbox, std::string_view item);
    std::string create_folder(std::string_view mailbox, std::string_view display_name);
    /// From now on clients may read this folder only: ErrorAccessDenied to what changes its items.
    void protect(std::string_view mailbox, std::string_view folder);
    std::vector<ItemSnapshot> items(std::string_view mailbox, std::string_view folder) const;
    std::vector<FolderSnapshot> folders(std::string_view mailbox) const;

    /// How often an operation ("GetItem") was asked since the beginning, refused ones included.
    /// "(login)" is an NTLM login that was asked back.
    std::size_t requests(std::string_view operation) const;
    std::map<std::string, std::size_t> requests() const;
    /// The next `times` requests of `operation` ("*": of any) get `fault`.
    void inject(std::string operation, Fault fault, std::size_t times = 1);
    /// The faults of a script (see README.md); throws std::invalid_argument with all its problems.
    void inject(std::string_view script);
    /// Forgets all faults that are planned.
    void heal();
    /// In place of the witness before; {} for none. When it returns, the old one is not running.
    void on_request(RequestWitness witness);
    /// Forgets every subscription, as a server does that was restarted.
    void drop_subscriptions();
    /// Every SyncState written until now is refused with ErrorInvalidSyncStateData.
    void forget_sync_states();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace ews::simulator
