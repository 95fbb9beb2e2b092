// The agent as a service: runs what a configuration file says, and takes up a changed file without
// losing a mail. An invalid file changes nothing: what ran goes on. Used by `mailferry run`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "agent/clock.hpp"
#include "agent/config.hpp"
#include "agent/error.hpp"
#include "agent/ferry.hpp"
#include "agent/secret.hpp"

namespace agent {

class Service {
public:
    /// `on_end` is called when, after stop(), everything has ended.
    Service(
        boost::asio::io_context& context,
        std::filesystem::path file,
        const Clock& clock,
        std::function<void()> on_end,
        Mode mode = Mode::act
    );

    /// Call once. The configuration has been read by the caller, who shows its problems.
    Result<void> start(Config config);
    /// Reads file, policies and secrets again. If they are invalid, or a password of a served
    /// exchange cannot be read any more, that is logged and nothing changes.
    void reload();
    void stop();

private:
    std::optional<Error> newly_unreadable(
        const std::map<std::string, Result<Secret>>& secrets
    ) const;
    void ended();
    void take_up_next();

    boost::asio::io_context& context_;
    std::filesystem::path file_;
    const Clock& clock_;
    std::function<void()> on_end_;
    Mode mode_;
    Config config_;
    std::map<std::string, Result<Secret>> secrets_;  ///< as they were when `config_` was taken up
    std::unique_ptr<Config> next_;   ///< taken up when the running ferry has ended
    std::unique_ptr<Ferry> ferry_;
    bool stopping_ = false;
};

}  // namespace agent
