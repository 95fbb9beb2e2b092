#include "tests/soak/log_reader.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <utility>

namespace soak {

namespace {

/// An outage that began under the last fault may be told so long after it.
constexpr std::chrono::seconds aftermath{130};

/// "2026-11-27T03:00:00.123Z"
LogReader::Wall::time_point time_of(const std::string& text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
    const int read = std::sscanf(
        text.c_str(), "%d-%d-%dT%d:%d:%d.%dZ", &year, &month, &day, &hour, &minute, &second, &milli
    );
    if (read != 7) return {};
    const std::chrono::year_month_day date{
        std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) + std::chrono::milliseconds(milli);
}

/// "" where the line does not have it.
std::string field(const std::string& line, const std::string& name) {
    const std::string opening = " " + name + "=";
    const auto at = line.find(opening);
    if (at == std::string::npos) return "";
    const auto begin = at + opening.size();
    return line.substr(begin, line.find(' ', begin) - begin);
}

}  // namespace

void LogReader::read() {
    std::ifstream file(file_, std::ios::binary);
    file.seekg(read_to_);
    std::string bytes(1U << 16U, '\0');
    while (file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())), file.gcount() > 0) {
        read_to_ += file.gcount();
        begun_.append(bytes, 0, static_cast<std::size_t>(file.gcount()));
    }
    std::size_t begin = 0;
    for (auto end = begun_.find('\n'); end != std::string::npos; end = begun_.find('\n', begin)) {
        take(begun_.substr(begin, end - begin));
        begin = end + 1;
    }
    begun_.erase(0, begin);
}

void LogReader::take(const std::string& line) {
    std::istringstream words(line);
    std::string time, level, event;
    words >> time >> level >> event;
    ++events_[level + " " + event];
    if (event == "listening") ++listening_;
    if (event == "recovered") troubled_.erase(field(line, "mailbox"));
    if (event == "filed" || event == "skipped") {
        ++done_;
        std::string id = field(line, "message-id");
        if (id.starts_with('"')) id = id.substr(1, id.size() - 2);
        const auto since = since_.find(id);
        if (since == since_.end()) return;
        const std::chrono::duration<double, std::milli> took = time_of(time) - since->second;
        latencies_.push_back(took.count());
    }
    if (level == "error") take_error(line, event, time_of(time));
    // Of a sanitizer, or of whoever ends the program.
    const bool is_a_line = level == "info" || level == "warning" || level == "error";
    if (!is_a_line && !line.empty()) unexplained_.push_back(line);
}

void LogReader::take_error(
    const std::string& line, const std::string& event, Wall::time_point when
) {
    const bool may_be = event == "unreachable" &&
                        (healed_ == Wall::time_point::max() || when < healed_ + aftermath);
    if (!may_be) unexplained_.push_back(line);
    if (event == "unreachable") troubled_[field(line, "mailbox")] = true;
}

std::vector<double> LogReader::take_latencies() {
    std::ranges::sort(latencies_);
    return std::exchange(latencies_, {});
}

std::vector<std::string> LogReader::unrecovered() const {
    std::vector<std::string> mailboxes;
    for (const auto& [mailbox, troubled] : troubled_) mailboxes.push_back(mailbox);
    return mailboxes;
}

}  // namespace soak
