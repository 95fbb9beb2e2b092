// The death of an agent at a request, in one process: from that moment on nothing it asks is carried out or answered,
// and the journal is put back to what it was then. What the server and the CRM have done stays done.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>

#include "tests/failures/site.hpp"

namespace failures {

class Crash {
public:
    /// At the `number`th request from now on, streams apart; with `carried_out` only its answer is lost.
    Crash(Site& site, std::size_t number, bool carried_out) : site_(site), left_(number) {
        site.exchange.on_request([this, carried_out](std::string_view operation, bool is_after) {
            if (happened_) return false;
            if (operation == "GetStreamingEvents" || is_after != carried_out) return true;
            if (--left_ > 0) return true;
            keep(operation);
            return false;
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
        for (const char* suffix : suffixes) std::filesystem::remove(site_.journal() + suffix);
        for (const char* suffix : suffixes) {
            if (!std::filesystem::exists(kept(suffix))) continue;
            std::filesystem::copy_file(kept(suffix), site_.journal() + suffix);
        }
        site_.exchange.on_request({});
    }

private:
    static constexpr const char* suffixes[] = {"", "-wal"};

    std::string kept(const std::string& suffix) const { return site_.journal() + ".kept" + suffix; }
    /// On the thread of the server, while the agent waits for its answer.
    void keep(std::string_view operation) {
        operation_ = operation;
        for (const char* suffix : suffixes)
            if (std::filesystem::exists(site_.journal() + suffix))
                std::filesystem::copy_file(site_.journal() + suffix, kept(suffix));
        happened_ = true;
    }

    Site& site_;
    std::size_t left_;
    std::string operation_;
    std::atomic<bool> happened_ = false;
};

}  // namespace failures
