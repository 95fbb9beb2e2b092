#include "agent/troubles.hpp"

#include <fmt/format.h>

#include "agent/log.hpp"
#include "agent/next_wait.hpp"

namespace agent {

std::chrono::milliseconds Troubles::met(const std::string& what, const Error& error) {
    const std::chrono::milliseconds wait = next_wait(back_off_.try_emplace(what, waits_).first->second, error);
    if (!lasting_) lasting_ = Trouble{std::chrono::steady_clock::now(), error};
    lasting_->error = error;
    const bool met_elsewhere = others(what) && error.code == told_.code;
    if (met_elsewhere || error.text == told_.text) return wait;
    told_ = error;
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
    lasting_.reset();
    if (told_.text.empty()) return;
    told_ = {};
    log::info("recovered", {{"mailbox", mailbox_}});
}

void Troubles::forget() {
    back_off_.clear();
    lasting_.reset();
    told_ = {};
}

}  // namespace agent
