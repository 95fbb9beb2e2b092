#include "tests/soak/run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <thread>

namespace soak {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds start_patience{60}, rest{8};
/// Users still have mails in their hands when the last one has come.
constexpr seconds last_hands{4};
/// A soak that is shorter must not have faults that take a minute.
constexpr seconds long_enough{150};

std::uintmax_t bytes_of(const std::filesystem::path& database) {
    std::uintmax_t bytes = 0;
    for (const char* part : {"", "-wal"}) {
        std::error_code missing;
        const auto size = std::filesystem::file_size(database.string() + part, missing);
        if (!missing) bytes += size;
    }
    return bytes;
}

}  // namespace

Run::Run(const Plan& plan)
    : plan_(plan),
      site_(plan),
      log_(site_.log()),
      letters_(site_, agenda_, log_, plan.seed),
      faults_(
          site_.exchange(),
          agenda_,
          plan.seed + 1,
          plan.length >= long_enough,
          plan.folder / "faults.txt"
      ),
      samples_(plan.folder / "samples.csv"),
      agent_(plan.agent, site_.config(), site_.log()),
      dice_(plan.seed + 2) {}

double Run::second() const {
    return std::chrono::duration<double>(Steady::now() - begun_).count();
}

Findings Run::run() {
    if (!await_start())
        return {"the agent does not come to read all folders; it is " + agent_.ending()};
    begun_ = Steady::now();
    enter_mails(0);
    enter_fault();
    enter_sample();
    keep_on(begun_ + plan_.length);
    loaded_ = second();
    work_off();
    return judge();
}

bool Run::await_start() {
    const auto until = Steady::now() + start_patience;
    while (Steady::now() < until && agent_.is_alive()) {
        log_.read();
        if (log_.listening() >= site_.users().size() && site_.is_read()) return true;
        std::this_thread::sleep_for(milliseconds(200));
    }
    return false;
}

void Run::enter_mails(std::uint64_t number) {
    const auto a_second = static_cast<std::uint64_t>(plan_.mails_a_second);
    const auto when = begun_ + std::chrono::microseconds(number * 1'000'000 / a_second);
    agenda_.at(when, [this, number] {
        if (is_over()) return;
        letters_.arrive();
        enter_mails(number + 1);
    });
}

void Run::enter_fault() {
    const auto twice = static_cast<std::uint64_t>(2 * plan_.between_faults.count());
    agenda_.at(Steady::now() + milliseconds(dice_() % twice), [this] {
        if (is_over()) return;
        faults_.strike();
        enter_fault();
    });
}

void Run::enter_sample() {
    ++sampled_;
    agenda_.at(begun_ + seconds(sampled_), [this] {
        if (has_ended_) return;
        sample();
        enter_sample();
    });
}

void Run::sample() {
    log_.read();
    const auto streams = site_.exchange().requests("GetStreamingEvents");
    if (streams != streams_) faults_.plan_for_stream();
    streams_ = streams;
    Sample one;
    one.second = second();
    one.given = letters_.given();
    one.done = log_.done();
    one.latencies = log_.take_latencies();
    one.agent = agent_.vitals();
    one.journal_bytes = bytes_of(site_.journal());
    one.crm_bytes = bytes_of(site_.crm());
    sockets_ = one.agent.sockets;
    samples_.add(one, faults_);
    if (sampled_ % 60 == 0) tell(one);
}

void Run::tell(const Sample& sample) const {
    fmt::print(
        "{:5.0f} s: {} given, {} done, {} MB, {} sockets\n",
        sample.second,
        sample.given,
        sample.done,
        sample.agent.resident_kb / 1024,
        sample.agent.sockets
    );
    std::fflush(stdout);
}

void Run::keep_on(Steady::time_point until) {
    while (Steady::now() < until && agent_.is_alive()) {
        agenda_.do_what_is_due();
        std::this_thread::sleep_for(milliseconds(2));
    }
}

bool Run::is_worked_off() const {
    return log_.done() >= letters_.given() && log_.unrecovered().empty() &&
           check_mailboxes(site_, letters_.mails()).empty();
}

/// The faults are over.
void Run::work_off() {
    faults_.end();
    log_.healed(LogReader::Wall::now());
    const auto until = Steady::now() + plan_.drain;
    keep_on(Steady::now() + last_hands);
    while (Steady::now() < until && agent_.is_alive() && !is_worked_off())
        keep_on(Steady::now() + seconds(1));
    drained_ = second() - loaded_;
    keep_on(Steady::now() + rest);
    has_ended_ = true;
}

}  // namespace soak
