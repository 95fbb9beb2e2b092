#include "agent/service.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "agent/log.hpp"

namespace agent {

Service::Service(
    boost::asio::io_context& context,
    std::filesystem::path file,
    const Clock& clock,
    std::function<void()> on_end
)
    : context_(context), file_(std::move(file)), clock_(clock), on_end_(std::move(on_end)) {}

Result<void> Service::start(Config config) {
    Result<std::unique_ptr<Ferry>> made = Ferry::make(context_, config, clock_);
    if (!made) return made.error();
    config_ = std::move(config);
    ferry_ = std::move(*made);
    ferry_->start([this] { boost::asio::post(context_, [this] { ended(); }); });
    log::info("started", {{"config", file_.string()}, {"version", MAILFERRY_VERSION}});
    return {};
}

void Service::reload() {
    auto config = load_config(file_);
    if (!config) {
        for (const FileProblem& problem : config.error()) {
            log::error("invalid", {{"why", to_text(problem)}, {"so", "the old one stays active"}});
        }
        return;
    }
    if (*config == config_) {
        log::info("unchanged", {{"config", file_.string()}});
        return;
    }
    const bool idle = next_ == nullptr;
    next_ = std::make_unique<Config>(std::move(*config));
    if (idle && ferry_) ferry_->stop();
}

void Service::stop() {
    stopping_ = true;
    if (ferry_) ferry_->stop();
}

void Service::ended() {
    ferry_.reset();
    if (!stopping_ && next_) exchange();
    if (!ferry_) on_end_();
}

/// The new configuration may be valid and still not work (a journal that cannot be opened): then the old one again.
void Service::exchange() {
    const std::unique_ptr<Config> next = std::move(next_);
    const Config before = config_;
    Result<void> started = start(*next);
    if (started) return;
    log::error("invalid", {{"why", started.error().text}, {"so", "the old one stays active"}});
    started = start(before);
    if (!started) log::error("stopped", {{"why", started.error().text}});
}

}  // namespace agent
