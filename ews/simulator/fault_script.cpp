#include "ews/simulator/fault_script.hpp"

#include <fmt/format.h>

#include "ews/simulator/answer/index.hpp"
#include "ews/simulator/fault_words.hpp"
#include "ews/simulator/limits.hpp"
#include "ews/simulator/script_words.hpp"
#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

using Kind = Fault::Kind;

bool is_status(std::string_view word) {
    const auto value = parse_number(word);
    return word.size() == 3 && value && *value >= 200 && *value <= 599;
}

/// An operation, or nothing, which means any.
std::string take_operation(Words& words) {
    const auto word = words.peek();
    const auto is_name = !word.empty() && word.front() >= 'A' && word.front() <= 'Z';
    if (word != "*" && !is_name) return "*";
    if (is_name && find_answer(word) == nullptr)
        words.refuse(fmt::format("{} is no operation of this server", word));
    return std::string(words.take("operation"));
}

/// "3", "3..5" or "3..".
Occasion read_range(Words& words, std::string_view word) {
    constexpr const char* what = "which request";
    const auto dots = word.find("..");
    Occasion when;
    when.first = words.read_number(word.substr(0, dots), what);
    if (dots == std::string_view::npos) return when;
    const auto last = word.substr(dots + 2);
    when.times = Occasion::for_ever;
    if (last.empty()) return when;
    const auto end = words.read_number(last, what);
    if (end < when.first) words.refuse(fmt::format("{} ends before it begins", word));
    when.times = end - when.first + 1;
    return when;
}

/// A number is a request where a fault follows, else a status: "3 drop", "503 503", "503".
bool is_range_next(Words words) {
    const auto word = words.take("");
    if (word.empty() || word.front() < '0' || word.front() > '9') return false;
    const auto next = words.peek();
    return !is_status(word) || next == "after-events" || is_status(next) ||
           find_fault_word(next) != nullptr;
}

Occasion take_occasion(Words& words) {
    Occasion when;
    if (words.take_if("always"))
        when.times = Occasion::for_ever;
    else if (words.take_if("every"))
        when.every = words.take_number("every how many requests");
    else if (words.take_if("one-in"))
        when.one_in = words.take_number("one in how many requests");
    else if (is_range_next(words))
        when = read_range(words, words.take("which request"));
    return when;
}

Fault take_status(Words& words) {
    Fault fault;
    fault.kind = Kind::http_status;
    fault.status = static_cast<unsigned>(words.take_number("status"));
    if (words.take_if("retry-after"))
        fault.back_off = std::chrono::seconds(words.take_number("retry-after"));
    if (words.take_if("to")) fault.text = words.take("where to");
    return fault;
}

std::string take_code(Words& words) {
    const auto code = words.take("a code such as ErrorServerBusy");
    if (!code.starts_with("Error")) words.refuse(fmt::format("{} is no code", code));
    return std::string(code);
}

std::chrono::milliseconds take_duration(Words& words, const char* what) {
    return std::chrono::milliseconds(words.take_number(what));
}

void take_item(Words& words, Fault& fault) {
    if (words.take_if("item")) fault.count = words.take_number("which item");
    if (words.take_if("subject")) fault.text = words.take_rest("the subject");
}

void take_operands(Words& words, Operands operands, Fault& fault) {
    const auto has_back_off = operands == Operands::busy_code;
    const auto has_code =
        has_back_off || operands == Operands::code || operands == Operands::code_of_item;
    const auto has_bytes =
        operands == Operands::bytes || (operands == Operands::some_bytes && !words.empty());
    if (has_code) fault.code = take_code(words);
    if (has_back_off && words.take_if("back-off"))
        fault.back_off = take_duration(words, "back-off");
    if (operands == Operands::item || operands == Operands::code_of_item) take_item(words, fault);
    if (has_bytes) fault.count = words.take_number("how many bytes");
    if (operands == Operands::duration) fault.back_off = take_duration(words, "milliseconds");
    if (operands == Operands::text) fault.text = words.take_rest("the text");
}

Fault take_fault(Words& words) {
    if (is_status(words.peek())) return take_status(words);
    const auto word = words.take("what happens");
    const auto* const known = find_fault_word(word);
    Fault fault;
    if (known == nullptr) {
        words.refuse(fmt::format("{} is no fault", word));
        return fault;
    }
    fault.kind = known->kind;
    take_operands(words, known->operands, fault);
    return fault;
}

/// What a fault would never hit is a mistake.
void check_operation(Words& words, const PlannedFault& planned) {
    const auto stage = stage_of(planned.fault.kind);
    const auto only = [&](const char* operation) {
        if (planned.operation != operation)
            words.refuse(fmt::format("this fault belongs to {}", operation));
    };
    if (stage == Stage::stream || planned.fault.events != 0) only("GetStreamingEvents");
    if (stage == Stage::listing) only("SyncFolderItems");
    if (stage == Stage::mime) only("GetItem");
    if (stage == Stage::update) only("UpdateItem");
}

PlannedFault read_line(Words& words) {
    PlannedFault planned;
    planned.operation = take_operation(words);
    planned.when = take_occasion(words);
    std::size_t events = 0;
    if (words.take_if("after-events")) events = words.take_number("after how many events");
    planned.fault = take_fault(words);
    planned.fault.events = events;
    if (!words.empty()) words.refuse(fmt::format("{} is too much", words.peek()));
    check_operation(words, planned);
    return planned;
}

}  // namespace

FaultScript read_fault_script(std::string_view text) {
    FaultScript script;
    if (text.size() > limits::script_bytes) {
        script.problems.push_back(fmt::format("longer than {} bytes", limits::script_bytes));
        return script;
    }
    for (std::size_t line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        Words words(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (words.empty() || words.peek().starts_with('#')) continue;
        auto planned = read_line(words);
        if (words.problem().empty())
            script.faults.push_back(std::move(planned));
        else
            script.problems.push_back(fmt::format("line {}: {}", line, words.problem()));
    }
    return script;
}

}  // namespace ews::simulator
