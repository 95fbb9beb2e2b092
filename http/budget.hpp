// How much may be under way at one server, in all and for each key (a mailbox), and how long it
// must be left alone: a value without clock, sockets and waiting, so that a model can test it.
// http/gate waits on top of it; the protocol client says what an answer means for it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace http {

/// The three do not compete with each other; the limits are sums of what is under way of one kind.
enum class Kind {
    ordinary,
    sync,    ///< the server allows fewer of them at once (ConcurrentSyncCalls of Exchange)
    stream,  ///< has no limit here; waits only while the server must be left alone
};

/// What a busy answer is about.
enum class Scope {
    key,        ///< what that key has used up
    server,     ///< what all keys have
    front_end,  ///< whoever asks is not served just now (503), however little was used
};

struct BudgetLimits {
    // 20 + 4 stay below 27, EWSMaxConcurrency of Exchange: room for other programs of our account.
    std::size_t per_server = 20;
    std::size_t per_key = 4;
    std::size_t syncs_per_server = 4;
    std::size_t syncs_per_key = 1;
    /// So many successes give back one of what busy answers have taken.
    std::size_t recovery = 20;
    /// Keys that are busy one after the other, with no success between: then it is the server.
    std::size_t busy_in_a_row = 3;
    /// Where the server does not say how long: doubled each time, until a success.
    std::chrono::milliseconds first_wait{60'000};
    std::chrono::milliseconds longest_wait{600'000};
    // A restart or a fail-over, over in seconds; asking again prolongs nothing.
    std::chrono::milliseconds first_outage{1'000};
    std::chrono::milliseconds longest_outage{60'000};
};

/// For logs and metrics.
struct BudgetFacts {
    struct Key {
        std::string key;
        std::chrono::milliseconds closed_for{0};
        std::size_t concurrency = 0;
        std::size_t waiting = 0;
        bool operator==(const Key&) const = default;
    };
    std::chrono::milliseconds closed_for{0};  ///< of the whole server; 0: open
    std::size_t concurrency = 0;              ///< ordinary ones allowed at once, now
    std::size_t running = 0;                  ///< of all kinds
    std::size_t waiting = 0;                  ///< of all kinds and keys
    std::vector<Key> throttled;               ///< keys that are closed or slowed down
    bool operator==(const BudgetFacts&) const = default;
};

/// Life of a request: ask, admit (who may go now), note_… about its answer, leave. A request may
/// leave at any time.
class Budget {
public:
    using Id = std::uint64_t;
    using Moment = std::chrono::steady_clock::time_point;

    explicit Budget(BudgetLimits limits = {});

    /// Stands at the end of the queue of its key and kind.
    Id ask(const std::string& key, Kind kind);
    /// Who may go now, in order; keys take turns. To be called after every change, and when
    /// closed_until() has passed.
    std::vector<Id> admit(Moment now);
    /// Its place, in the queue or among those under way, is free again.
    void leave(Id id);

    void note_success(Id id);
    /// Nothing is admitted until `back_off` has passed, and only half as many at once from then on.
    /// What was under way when the server was busy first is one burst: as long as we wait, its
    /// further answers lengthen the wait, if they say one, and halve nothing again. An outage is
    /// one until a success: it halves once.
    void note_busy(
        Id id, Scope scope, std::optional<std::chrono::milliseconds> back_off, Moment now
    );

    /// When a request of that key may go at the earliest; in the past if nothing is closed.
    Moment closed_until(const std::string& key) const;
    BudgetFacts facts(Moment now) const;

private:
    static constexpr std::size_t kinds = 3;

    /// What is learned from answers, of the server or of one key.
    struct Level {
        std::size_t concurrency = 0;
        Moment closed_until{};
        std::chrono::milliseconds own_wait{0};
        std::chrono::milliseconds outage_wait{0};
        std::size_t successes = 0;
        std::uint64_t closings = 0;
    };
    struct Key {
        std::string name;
        Level level;
        std::array<std::size_t, kinds> running{};
        std::array<std::deque<Id>, kinds> waiting;
    };
    struct Request {
        Key* key = nullptr;
        std::size_t kind = 0;
        bool is_running = false;
        // Of server and key when it was admitted: tells what came before a busy answer.
        std::uint64_t server_closings = 0, key_closings = 0;
    };

    Level fresh(std::size_t concurrency) const;
    Key& key_of(const std::string& name);
    bool has_room(std::size_t kind) const;
    bool has_room(const Key& key, std::size_t kind, Moment now) const;
    Id start_next(Key& key, std::size_t kind);
    void close(
        Level& level,
        std::uint64_t seen,
        Scope scope,
        std::optional<std::chrono::milliseconds> back_off,
        Moment now
    ) const;
    void recover(Level& level, std::uint64_t seen, std::size_t most) const;

    BudgetLimits limits_;
    Level server_;
    std::array<std::size_t, kinds> running_{};
    /// Keys with somebody waiting, by kind; who was served goes to the end.
    std::array<std::vector<Key*>, kinds> turns_;
    std::map<std::string, Key> keys_;  ///< one for each mailbox ever asked for; none is removed
    std::map<Id, Request> requests_;
    std::set<const Key*> busy_in_a_row_;
    Id last_ = 0;
};

}  // namespace http
