// Reads the agent's log as it grows: which mails are done and how long each took, and what it says
// that it should not.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace soak {

class LogReader {
public:
    using Wall = std::chrono::system_clock;
    explicit LogReader(std::filesystem::path file) : file_(std::move(file)) {}

    /// What its user did with the mail, and when; its Message-ID tells of which one a line speaks.
    void expect(const std::string& message_id, Wall::time_point when) { since_[message_id] = when; }

    /// Takes what is new in the file.
    void read();

    /// Mails done, counted once a mailbox.
    std::size_t done() const { return done_; }
    std::size_t listening() const { return listening_; }
    /// How long the mails took that were done since the last call, the quickest first; ms.
    std::vector<double> take_latencies();

    /// Lines of level error that no fault explains: anything but "unreachable", and that too when
    /// the server has been well since `healed`.
    const std::vector<std::string>& unexplained() const { return unexplained_; }
    void healed(Wall::time_point when) { healed_ = when; }
    /// Mailboxes that have said "unreachable", and not yet "recovered".
    std::vector<std::string> unrecovered() const;
    /// How often each event was told.
    const std::map<std::string, std::size_t>& events() const { return events_; }

private:
    void take(const std::string& line);
    void take_error(const std::string& line, const std::string& event, Wall::time_point when);

    std::filesystem::path file_;
    std::streamoff read_to_ = 0;
    std::string begun_;  ///< of a line whose end is not written yet
    std::map<std::string, Wall::time_point> since_;
    std::map<std::string, bool> troubled_;
    std::map<std::string, std::size_t> events_;
    std::vector<double> latencies_;
    std::vector<std::string> unexplained_;
    Wall::time_point healed_ = Wall::time_point::max();
    std::size_t done_ = 0, listening_ = 0;
};

}  // namespace soak
