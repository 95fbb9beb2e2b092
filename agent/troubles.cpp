#include "agent/troubles.hpp"

#include <fmt/format.h>

#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/next_wait.hpp"

namespace agent {

std::chrono::milliseconds Troubles::met(const std::string& what, const Error& error) {
    const std::chrono::milliseconds wait = next_wait(back_off_.try_emplace(what, waits_).first->second, error);
    if (!lasting_) lasting_ = Trouble{std::chrono::steady_clock::now(), error};
    lasting_->error = error;
    const bool met_elsewhere = others(what) && told_codes_.contains(error.code);
    if (told_.size() >= limits::told_errors) told_.clear();  // texts that never repeat
    if (met_elsewhere || !told_.insert(error.text).second) return wait;
    told_codes_.insert(error.code);
    log::error(
        error.code == errc::journal ? "journal" : "unreachable",
        {{"mailbox", mailbox_},
         {"why", error.text},
         {"again-in", fmt::format("{:.1f}s", static_cast<double>(wait.count()) / 1000)}}
    );
    return wait;
}

void Troubles::over(const std::string& what) {
    back_off_.erase(what);
    if (!back_off_.empty()) return;
    const bool was_told = !told_.empty();
    forget();
    if (!was_told) return;
    log::info("recovered", {{"mailbox", mailbox_}});
}

void Troubles::forget() {
    back_off_.clear();
    lasting_.reset();
    told_.clear();
    told_codes_.clear();
}

}  // namespace agent
