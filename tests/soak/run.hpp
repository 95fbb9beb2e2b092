// One soak from the first mail to the verdict.
#pragma once

#include <random>

#include "tests/soak/agenda.hpp"
#include "tests/soak/agent_run.hpp"
#include "tests/soak/faults.hpp"
#include "tests/soak/findings.hpp"
#include "tests/soak/letters.hpp"
#include "tests/soak/log_reader.hpp"
#include "tests/soak/samples.hpp"
#include "tests/soak/site.hpp"

namespace soak {

class Run {
public:
    explicit Run(const Plan& plan);  ///< starts Exchange and the agent

    /// Returns when all is over and looked at; prints what it was.
    Findings run();

private:
    double second() const;  ///< since the first mail
    bool is_over() const { return Steady::now() >= begun_ + plan_.length; }
    bool await_start();
    void enter_mails(std::uint64_t number);
    void enter_fault();
    void enter_sample();
    void sample();
    void tell(const Sample& sample) const;
    void keep_on(Steady::time_point until);
    bool is_worked_off() const;
    void work_off();

    Findings judge();
    void judge_resources(Findings& findings) const;
    void report(const Findings& findings) const;
    /// MB an hour, warm: over the last three quarters of the time under load.
    double growth() const { return samples_.growth(loaded_ / 4, loaded_); }

    const Plan plan_;
    Agenda agenda_;
    Site site_;
    LogReader log_;
    Letters letters_;
    Faults faults_;
    Samples samples_;
    AgentRun agent_;
    std::mt19937_64 dice_;
    Steady::time_point begun_ = Steady::now();
    double loaded_ = 0;   ///< seconds under load
    double drained_ = 0;  ///< seconds from then until all was worked off
    int sampled_ = 0, sockets_ = 0;
    std::size_t streams_ = 0;
    bool has_ended_ = false;
};

}  // namespace soak
