#include "agent/service.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "agent/log.hpp"

namespace agent {

namespace {

/// All passwords as they are now, or what is wrong with the first that cannot be read.
Result<std::vector<Secret>> read_passwords(const Config& config) {
    std::vector<Secret> passwords;
    for (const ExchangeConfig& exchange : config.exchanges) {
        Result<Secret> password = read_secret(exchange.password);
        if (!password) return password.error();
        passwords.push_back(std::move(*password));
    }
    return passwords;
}

}  // namespace

Service::Service(
    boost::asio::io_context& context,
    std::filesystem::path file,
    const Clock& clock,
    std::function<void()> on_end
)
    : context_(context), file_(std::move(file)), clock_(clock), on_end_(std::move(on_end)) {}

Result<void> Service::start(Config config) {
    Result<std::vector<Secret>> passwords = read_passwords(config);
    Result<std::unique_ptr<Ferry>> made = Ferry::make(context_, config, clock_);
    if (!made) return made.error();
    passwords_.clear();  // what cannot be read yet is a change once it can
    if (passwords) passwords_ = std::move(*passwords);
    config_ = std::move(config);
    ferry_ = std::move(*made);
    ferry_->start([this] { boost::asio::post(context_, [this] { ended(); }); });
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
    if (config->journal != config_.journal) {
        log::error(
            "invalid",
            {{"why", "the journal is changed by a restart only: what waits stands in the old one"},
             {"so", "the old one stays active"}}
        );
        return;
    }
    const Result<std::vector<Secret>> passwords = read_passwords(*config);
    if (!passwords) {
        log::error(
            "invalid", {{"why", passwords.error().text}, {"so", "the old one stays active"}}
        );
        return;
    }
    const bool idle = next_ == nullptr;
    if (idle && *config == config_ && *passwords == passwords_) {
        log::info("unchanged", {{"config", file_.string()}});
        return;
    }
    next_ = std::make_unique<Config>(std::move(*config));
    if (idle && ferry_) ferry_->stop();
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
    log::error("invalid", {{"why", started.error().text}, {"so", "the old one stays active"}});
    started = start(before);
    if (!started) log::error("stopped", {{"why", started.error().text}});
}

}  // namespace agent
