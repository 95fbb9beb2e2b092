#include "agent/mail_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "agent/file.hpp"
#include "agent/limits.hpp"

namespace agent {

namespace {

bool is_mbox(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    char start[5] = {};
    file.read(start, sizeof start);
    return file && std::string_view(start, sizeof start) == "From " && path.extension() != ".eml";
}

/// mboxrd: ">From " inside a mail stands for "From ".
std::string_view unquoted(const std::string& line) {
    const std::size_t quotes = line.find_first_not_of('>');
    const bool quoted = quotes != std::string::npos && quotes > 0 &&
                        line.compare(quotes, 5, "From ") == 0;
    return std::string_view(line).substr(quoted ? 1 : 0);
}

}  // namespace

MailSource::MailSource(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) add(path);
}

void MailSource::add(const std::filesystem::path& path) {
    std::error_code ec;
    if (!std::filesystem::is_directory(path, ec)) {
        files_.push_back(path);
        return;
    }
    std::vector<std::filesystem::path> found;
    std::filesystem::recursive_directory_iterator entry(path, ec), end;
    for (; !ec && entry != end; entry.increment(ec)) {
        if (entry->is_regular_file(ec) && entry->path().extension() == ".eml") {
            found.push_back(entry->path());
        }
    }
    std::sort(found.begin(), found.end());
    files_.insert(files_.end(), found.begin(), found.end());
}

std::optional<SourcedMail> MailSource::next() {
    if (mbox_.is_open()) {
        if (std::optional<SourcedMail> mail = next_of_mbox()) return mail;
        mbox_.close();
    }
    if (files_.empty()) return std::nullopt;
    const std::filesystem::path path = std::move(files_.front());
    files_.pop_front();
    if (path == "-" || !is_mbox(path)) {
        return SourcedMail{path.string(), read_file(path, limits::mail_bytes)};
    }
    mbox_ = std::ifstream(path, std::ios::binary);
    mbox_path_ = path;
    mbox_count_ = 0;
    std::getline(mbox_, separator_);
    return next();
}

std::optional<SourcedMail> MailSource::next_of_mbox() {
    if (separator_.empty()) return std::nullopt;
    separator_.clear();
    std::string bytes, line;
    bool too_large = false;
    while (std::getline(mbox_, line)) {
        if (line.starts_with("From ")) {
            separator_ = line;
            break;
        }
        too_large = too_large || bytes.size() + line.size() > limits::mail_bytes;
        if (too_large) continue;
        bytes += unquoted(line);
        bytes += '\n';
    }
    const std::string name = fmt::format("{}:{}", mbox_path_.string(), ++mbox_count_);
    if (!too_large) return SourcedMail{name, std::move(bytes)};
    return SourcedMail{
        name, Error{errc::permanent, fmt::format("{}: larger than {} bytes", name, limits::mail_bytes), {}}
    };
}

}  // namespace agent
