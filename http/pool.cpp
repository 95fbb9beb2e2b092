#include "http/pool.hpp"

#include <utility>

#include "http/limits.hpp"

namespace http {

std::unique_ptr<Connection> Pool::take(const std::string& origin, bool repeatable) {
    const auto found = idle_.find(origin);
    if (found == idle_.end()) return nullptr;
    const auto now = std::chrono::steady_clock::now();
    const auto closing = closing_.find(origin);
    if (!repeatable && closing != closing_.end() && now < closing->second) return nullptr;
    const auto oldest = now - max_idle_time;
    auto& waiting = found->second;
    std::unique_ptr<Connection> usable;
    while (!usable && !waiting.empty()) {
        std::unique_ptr<Connection> last = std::move(waiting.back());
        waiting.pop_back();
        if (last->idle_since >= oldest && last->is_quiet()) usable = std::move(last);
    }
    if (waiting.empty()) idle_.erase(found);
    return usable;
}

void Pool::put(const std::string& origin, std::unique_ptr<Connection> connection) {
    auto& waiting = idle_[origin];
    if (waiting.size() >= max_idle_connections) waiting.erase(waiting.begin());
    connection->idle_since = std::chrono::steady_clock::now();
    waiting.push_back(std::move(connection));
}

void Pool::note_closing(const std::string& origin) {
    closing_[origin] = std::chrono::steady_clock::now() + closing_remembered;
}

}  // namespace http
