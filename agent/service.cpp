#include "agent/service.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "agent/frozen.hpp"
#include "agent/log.hpp"

namespace agent {

namespace {

/// Every secret as it is now, or why it cannot be read.
std::map<std::string, Result<Secret>> read_secrets(const Config& config) {
    std::map<std::string, Result<Secret>> secrets;
    for (const ExchangeConfig& exchange : config.exchanges) {
        for (const auto& [use, source] : secrets_of(exchange)) {
            secrets.emplace(exchange.name + " " + use, read_secret(source));
        }
    }
    return secrets;
}

void refuse(const std::string& why) {
    log::error("invalid", {{"why", why}, {"so", "the old one stays active"}});
}

}  // namespace

Service::Service(
    boost::asio::io_context& context,
    std::filesystem::path file,
    const Clock& clock,
    std::function<void()> on_end,
    Mode mode
)
    : context_(context), file_(std::move(file)), clock_(clock), on_end_(std::move(on_end)), mode_(mode) {}

Result<void> Service::start(Config config) {
    auto secrets = read_secrets(config);
    Result<std::unique_ptr<Ferry>> made = Ferry::make(
        context_, config, clock_, mode_, std::filesystem::absolute(file_).string()
    );
    if (!made) return made.error();
    secrets_ = std::move(secrets);
    config_ = std::move(config);
    ferry_ = std::move(*made);
    ferry_->start(
        {[this] { boost::asio::post(context_, [this] { ended(); }); },
         [this] { boost::asio::post(context_, [this] { reload(); }); }}
    );
    return {};
}

void Service::reload() {
    auto config = load_config(file_);
    if (!config) {
        for (const FileProblem& problem : config.error()) refuse(to_text(problem));
        return;
    }
    if (config->journal != config_.journal) {
        refuse("the journal is changed by a restart only: what waits stands in the old one");
        return;
    }
    const auto frozen = mode_ == Mode::observe ? std::nullopt : frozen_beside(*config, file_.string());
    if (frozen) {  // asked before what runs is stopped
        refuse(frozen->text);
        return;
    }
    const auto secrets = read_secrets(*config);
    if (const std::optional<Error> lost = newly_unreadable(secrets)) {
        refuse(lost->text);
        return;
    }
    const bool idle = next_ == nullptr;
    if (idle && *config == config_ && secrets == secrets_) {
        log::info("unchanged", {{"config", file_.string()}});
        return;
    }
    next_ = std::make_unique<Config>(std::move(*config));
    if (idle && ferry_) ferry_->stop(next_.get());
}

/// A server that was left out at the start must not stand in the way of the others; one that is served must not be
/// lost by a reload.
std::optional<Error> Service::newly_unreadable(
    const std::map<std::string, Result<Secret>>& secrets
) const {
    for (const auto& [exchange, password] : secrets) {
        const auto before = secrets_.find(exchange);
        const bool was_left_out = before != secrets_.end() && !before->second;
        if (!password && !was_left_out) return password.error();
    }
    return std::nullopt;
}

void Service::stop() {
    stopping_ = true;
    if (ferry_) ferry_->stop();
}

void Service::ended() {
    ferry_.reset();
    if (!stopping_ && next_) take_up_next();
    if (!ferry_) on_end_();
}

/// The new configuration may be valid and still not work (a journal that cannot be opened): then
/// the old one again.
void Service::take_up_next() {
    const std::unique_ptr<Config> next = std::move(next_);
    const Config before = config_;
    Result<void> started = start(*next);
    if (started) {
        log::info("reloaded", {{"config", file_.string()}});
        return;
    }
    refuse(started.error().text);
    started = start(before);
    if (!started) log::error("stopped", {{"why", started.error().text}});
}

}  // namespace agent
