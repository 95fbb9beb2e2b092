#include "agent/log.hpp"

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <utility>

namespace agent::log {

namespace {

bool plain(std::string_view value) {
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte == 0x7f || c == '"' || c == '=' || c == '\\') return false;
    }
    return !value.empty();
}

void append_quoted(std::string& out, std::string_view value) {
    out += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < ' ' || byte == 0x7f) {
            out += fmt::format("\\x{:02x}", byte);
        } else {
            out += c;
        }
    }
    out += '"';
}

class Handing final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit Handing(std::function<void(std::string)> take) : take_(std::move(take)) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t text;
        formatter_->format(message, text);
        take_(std::string(text.data(), text.size()));
    }
    void flush_() override {}

    std::function<void(std::string)> take_;
};

void start(spdlog::sink_ptr sink, const char* pattern, const char* end) {
    auto logger = std::make_shared<spdlog::logger>("mailferry", std::move(sink));
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        pattern, spdlog::pattern_time_type::utc, end
    ));
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace

void start() {
    start(std::make_shared<spdlog::sinks::stderr_sink_mt>(), "%Y-%m-%dT%H:%M:%S.%eZ %l %v", "\n");
}

void start(std::function<void(std::string)> take) {
    start(std::make_shared<Handing>(std::move(take)), "%l %v", "");
}

std::string line(std::string_view event, Fields fields) {
    std::string out(event);
    for (const auto& [key, value] : fields) {
        if (value.empty()) continue;
        out += ' ';
        out += key;
        out += '=';
        if (plain(value)) {
            out += value;
        } else {
            append_quoted(out, value);
        }
    }
    return out;
}

void info(std::string_view event, Fields fields) { spdlog::info("{}", line(event, fields)); }
void warning(std::string_view event, Fields fields) { spdlog::warn("{}", line(event, fields)); }
void error(std::string_view event, Fields fields) { spdlog::error("{}", line(event, fields)); }

}  // namespace agent::log
