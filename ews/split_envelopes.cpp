#include "ews/split_envelopes.hpp"

#include <fmt/format.h>

#include <utility>

namespace ews {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// What may stand between envelopes: white space and the bytes of a UTF-8 byte order mark.
bool is_filler(char c) {
    return is_space(c) || c == '\xEF' || c == '\xBB' || c == '\xBF';
}

bool is_envelope(std::string_view name) {
    return name.substr(name.find(':') + 1) == "Envelope";
}

Error not_an_envelope() {
    return {errc::not_ews, {}, "the event stream holds something that is no SOAP envelope", {}};
}

}  // namespace

Result<void> SplitEnvelopes::feed(std::string_view bytes) {
    for (const char c : bytes) {
        auto taken = take(c);
        if (!taken) return taken;
    }
    return {};
}

std::optional<std::string> SplitEnvelopes::next() {
    if (complete_.empty()) return std::nullopt;
    std::string envelope = std::move(complete_.front());
    complete_.pop_front();
    return envelope;
}

Result<void> SplitEnvelopes::take(char c) {
    if (depth_ == 0 && state_ == State::text && c != '<') {
        if (is_filler(c)) return {};
        return not_an_envelope();
    }
    current_ += c;
    if (current_.size() > bound_) {
        auto text = fmt::format("an envelope of the event stream exceeds {} bytes", bound_);
        return Error{errc::too_large, {}, std::move(text), {}};
    }
    switch (state_) {
        case State::text:
            if (c != '<') break;
            mark_up_ = current_.size() - 1;
            state_ = State::open;
            break;
        case State::open:
            take_open(c);
            break;
        case State::name:
            return take_name(c);
        case State::tag:
            take_tag(c);
            break;
        case State::quoted:
            if (c == quote_) state_ = State::tag;
            break;
        case State::closing:
            if (c == '>') return leave_element();
            break;
        case State::instruction:
            if (current_.ends_with("?>")) leave_mark_up();
            break;
        case State::special:
            take_special(c);
            break;
    }
    return {};
}

void SplitEnvelopes::take_open(char c) {
    name_.clear();
    switch (c) {
        case '/':
            state_ = State::closing;
            break;
        case '?':
            state_ = State::instruction;
            break;
        case '!':
            state_ = State::special;
            break;
        default:
            state_ = State::name;
            name_ += c;
    }
}

Result<void> SplitEnvelopes::take_name(char c) {
    if (!is_space(c) && c != '/' && c != '>') {
        name_ += c;
        return {};
    }
    if (depth_ == 0 && !is_envelope(name_)) return not_an_envelope();
    ++depth_;
    state_ = State::tag;
    take_tag(c);
    return {};
}

void SplitEnvelopes::take_tag(char c) {
    if (c == '"' || c == '\'') {
        quote_ = c;
        state_ = State::quoted;
        return;
    }
    if (c != '>') return;
    if (current_.ends_with("/>")) --depth_;
    leave_mark_up();
}

/// Comments, CDATA sections and document types: `<` and `>` inside them are nothing to us.
void SplitEnvelopes::take_special(char c) {
    if (c != '>') return;
    const std::string_view mark_up = std::string_view(current_).substr(mark_up_);
    if (mark_up.starts_with("<!--")) {
        if (mark_up.size() < 7 || !mark_up.ends_with("-->")) return;
    } else if (mark_up.starts_with("<![CDATA[") && !mark_up.ends_with("]]>")) {
        return;
    }
    leave_mark_up();
}

Result<void> SplitEnvelopes::leave_element() {
    if (depth_ == 0) return not_an_envelope();
    --depth_;
    leave_mark_up();
    return {};
}

void SplitEnvelopes::leave_mark_up() {
    state_ = State::text;
    if (depth_ > 0) return;
    // A declaration or comment before the envelope belongs to none.
    if (current_[mark_up_ + 1] != '?' && current_[mark_up_ + 1] != '!')
        complete_.push_back(std::move(current_));
    current_.clear();
}

}  // namespace ews
