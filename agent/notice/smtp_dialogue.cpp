#include "agent/notice/smtp_dialogue.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "agent/limits.hpp"
#include "agent/terminal_text.hpp"
#include "ews/base64.hpp"

namespace agent {

std::size_t SmtpDialogue::give(char* to, std::size_t room) {
    const std::size_t given = std::min(room, unsent_.size());
    if (given > 0) std::memcpy(to, unsent_.data(), given);
    unsent_.remove_prefix(given);
    data_begun_ = true;
    return given;
}

void SmtpDialogue::take_line(std::string_view line) {
    if (line.starts_with("221")) return;
    if (reply_ended_) {
        reply_.clear();
        ++replies_;
    }
    reply_ended_ = line.size() < 4 || line[3] != '-';
    reply_ += line.substr(0, limits::smtp_reply_bytes - reply_.size());
}

/// Servers repeat commands that they do not understand, also one with a password.
bool SmtpDialogue::repeats_secret(const std::string& user) const {
    const std::string& password = password_.reveal();
    if (password.empty()) return false;
    const std::string plain = std::string(1, '\0') + user + std::string(1, '\0') + password;
    const auto has = [this](const std::string& text) {
        return reply_.find(text) != std::string::npos;
    };
    return has(password) || has(ews::encode_base64(password)) || has(ews::encode_base64(plain));
}

SmtpReply SmtpDialogue::last_reply(const std::string& user) const {
    SmtpReply reply;
    const std::string digits = reply_.substr(0, 3);
    std::from_chars(digits.data(), digits.data() + digits.size(), reply.code);
    std::string text = reply_;
    text.erase(text.find_last_not_of("\r\n ") + 1);
    std::erase(text, '\r');
    std::ranges::replace(text, '\n', ' ');
    reply.text = repeats_secret(user) ? digits : one_line(text);
    reply.is_greeting = replies_ == 1;
    reply.after_data = data_begun_;
    return reply;
}

}  // namespace agent
