// Everything that goes wrong, at random and by a seed: connections cut before, within and behind an
// answer, a busy server in all its words, refused logins, lost subscriptions, streams that end,
// slow answers, a server that is away.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "ews/simulator/simulator.hpp"
#include "tests/soak/agenda.hpp"

namespace soak {

/// The columns of the faults in samples.csv.
enum class Trouble { cut, busy, login, subscription, stream, slow, away };
constexpr const char* trouble_names[] = {
    "cut", "busy", "login", "subscription", "stream", "slow", "away"};

class Faults {
public:
    /// @param long_ones  also what costs a minute or more by design: a busy server that names no
    /// time, an answer or a stream that never comes
    /// @param record     gets a line a fault: when it was planned, what, for which request
    Faults(
        ews::simulator::Simulator& exchange,
        Agenda& agenda,
        std::uint64_t seed,
        bool long_ones,
        const std::filesystem::path& record
    );

    /// The next one, whatever it is.
    void strike();
    /// The stream that is opened next gets its own.
    void plan_for_stream();
    /// No more; what is planned is forgotten, and the server is there.
    void end();

    std::uint64_t count(Trouble trouble) const;
    const std::map<std::string, std::uint64_t>& by_name() const { return by_name_; }

private:
    using Kind = ews::simulator::Fault::Kind;
    std::uint64_t any(std::uint64_t of) { return dice_() % of; }
    std::chrono::milliseconds between(int least, int most);
    std::string some_operation();
    void note(Trouble trouble, const std::string& name, const std::string& operation);
    void inject(
        Trouble trouble,
        const std::string& name,
        const std::string& operation,
        ews::simulator::Fault fault,
        std::size_t times = 1
    );
    void be_away();
    void be_busy();
    void cut();
    void lose_subscriptions();

    ews::simulator::Simulator& exchange_;
    Agenda& agenda_;
    std::mt19937_64 dice_;
    std::ofstream record_;
    bool long_ones_;
    bool has_ended_ = false;
    std::optional<ews::simulator::Fault> stream_fault_;  ///< that waits for a stream
    std::map<Trouble, std::uint64_t> counts_;
    std::map<std::string, std::uint64_t> by_name_;
};

}  // namespace soak
