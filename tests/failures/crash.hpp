// The death of an agent at a request, in one process: from that moment on nothing it asks is
// carried out or answered, and the journal is put back to what it was then. What the server and the
// CRM have done stays done.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>

#include "tests/failures/site.hpp"

namespace failures {

/// What the death leaves behind.
enum class Fate {
    lost,         ///< the request is not carried out
    carried_out,  ///< it is, nobody knows
    unwritten,    ///< it is not, and what was done since the request before has not come into the
                  ///< journal
};

class Crash {
public:
    /// At the `number`th request from now on, streams apart.
    Crash(Site& site, std::size_t number, Fate fate) : site_(site), left_(number), fate_(fate) {
        keep();
        site.exchange.on_request([this](std::string_view operation, bool is_after) {
            if (happened_) return false;
            const bool is_due = is_after == (fate_ == Fate::carried_out);
            return operation == "GetStreamingEvents" || !is_due || survives(operation);
        });
    }
    ~Crash() { site_.exchange.on_request({}); }
    Crash(const Crash&) = delete;
    Crash& operator=(const Crash&) = delete;

    bool happened() const { return happened_; }
    /// That was asked last.
    const std::string& operation() const { return operation_; }

    /// The process is gone; another one may start.
    void end() {
        site_.stop();
        for (const char* suffix : suffixes) {
            std::filesystem::remove(site_.journal() + suffix);
            if (!std::filesystem::exists(kept(suffix))) continue;
            std::filesystem::copy_file(kept(suffix), site_.journal() + suffix);
        }
        site_.exchange.on_request({});
    }

private:
    static constexpr const char* suffixes[] = {"", "-wal"};

    std::string kept(const std::string& suffix) const { return site_.journal() + ".kept" + suffix; }
    /// On the thread of the server, while the agent waits for its answer.
    bool survives(std::string_view operation) {
        operation_ = operation;
        happened_ = --left_ == 0;
        if (!happened_ || fate_ != Fate::unwritten) keep();
        return !happened_;
    }
    void keep() {
        constexpr auto anew = std::filesystem::copy_options::overwrite_existing;
        for (const char* suffix : suffixes)
            if (std::filesystem::exists(site_.journal() + suffix))
                std::filesystem::copy_file(site_.journal() + suffix, kept(suffix), anew);
    }

    Site& site_;
    std::size_t left_;
    Fate fate_;
    std::string operation_;
    std::atomic<bool> happened_ = false;
};

}  // namespace failures
