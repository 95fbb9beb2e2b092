#include "ews/simulator/script_words.hpp"

#include <fmt/format.h>

#include <utility>

#include "ews/simulator/limits.hpp"
#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

constexpr std::string_view blanks = " \t\r";

}  // namespace

void Words::refuse(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    rest_ = {};
}

std::string_view Words::peek() const {
    return rest_.substr(0, rest_.find_first_of(blanks));
}

std::string_view Words::take(const char* what) {
    if (empty()) refuse(fmt::format("{} is missing", what));
    const auto word = peek();
    rest_.remove_prefix(word.size());
    skip();
    return word;
}

bool Words::take_if(std::string_view word) {
    if (empty() || peek() != word) return false;
    take("");
    return true;
}

std::size_t Words::take_number(const char* what) {
    const auto word = take(what);
    return read_number(word, what);
}

std::size_t Words::read_number(std::string_view word, const char* what) {
    const auto value = parse_number(word);
    if (value && *value >= 1 && *value <= limits::script_number)
        return static_cast<std::size_t>(*value);
    constexpr const char* form = "{} must be a number from 1 to {}, not \"{}\"";
    refuse(fmt::format(form, what, limits::script_number, word));
    return 1;
}

std::string Words::take_rest(const char* what) {
    if (empty()) refuse(fmt::format("{} is missing", what));
    const auto end = rest_.find_last_not_of(blanks);
    return std::string(std::exchange(rest_, {}).substr(0, end + 1));
}

void Words::skip() {
    const auto begin = rest_.find_first_not_of(blanks);
    rest_.remove_prefix(begin == std::string_view::npos ? rest_.size() : begin);
}

}  // namespace ews::simulator
