// Mails that come in at an even rate, and what their users do with each some moments later.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/crash/mails.hpp"
#include "tests/soak/agenda.hpp"
#include "tests/soak/log_reader.hpp"
#include "tests/soak/site.hpp"

namespace soak {

class Letters {
public:
    Letters(Site& site, Agenda& agenda, LogReader& log, std::uint64_t seed)
        : site_(site), agenda_(agenda), log_(log), dice_(seed), users_(site.filing_users()) {}

    /// One more arrives.
    void arrive();

    /// What users have asked for until now, counted once a mailbox.
    std::size_t given() const { return given_; }
    const std::vector<crash::Mail>& mails() const { return mails_; }

private:
    void act(std::size_t mail, const std::vector<std::string>& items);

    Site& site_;
    Agenda& agenda_;
    LogReader& log_;
    std::mt19937_64 dice_;
    std::vector<std::string> users_;
    std::vector<crash::Mail> mails_;
    std::size_t given_ = 0;
};

}  // namespace soak
