// The words for faults in a script, and what stands behind each. Used by fault_script only.
#pragma once

#include <array>
#include <string_view>

#include "ews/simulator/fault.hpp"

namespace ews::simulator {

/// What follows the word of a fault.
enum class Operands {
    none,
    code,          ///< CODE
    busy_code,     ///< CODE [back-off MS]
    item,          ///< [item N | subject TEXT]
    code_of_item,  ///< CODE [item N | subject TEXT]
    bytes,         ///< N
    some_bytes,    ///< [N]
    duration,      ///< MS
    text           ///< the rest of the line
};

struct FaultWord {
    std::string_view word;
    Fault::Kind kind;
    Operands operands;
};

/// The word of http_status is the status itself.
inline constexpr auto fault_words = std::to_array<FaultWord>({
    {"fault", Fault::Kind::soap_fault, Operands::busy_code},
    {"error", Fault::Kind::response_error, Operands::busy_code},
    {"inner", Fault::Kind::inner_error, Operands::busy_code},
    {"drop", Fault::Kind::drop, Operands::none},
    {"black-hole", Fault::Kind::black_hole, Operands::none},
    {"login-page", Fault::Kind::login_page, Operands::none},
    {"forget-subscriptions", Fault::Kind::forget_subscriptions, Operands::none},
    {"forget-sync-states", Fault::Kind::forget_sync_states, Operands::none},
    {"item-error", Fault::Kind::item_error, Operands::code_of_item},
    {"mime-error", Fault::Kind::mime_error, Operands::code_of_item},
    {"mime-empty", Fault::Kind::mime_empty, Operands::item},
    {"mime-missing", Fault::Kind::mime_missing, Operands::item},
    {"touched", Fault::Kind::touched, Operands::item},
    {"vanished", Fault::Kind::vanished, Operands::none},
    {"illegal-characters", Fault::Kind::illegal_characters, Operands::none},
    {"illegal-bytes", Fault::Kind::illegal_bytes, Operands::none},
    {"drop-after", Fault::Kind::drop_after, Operands::none},
    {"cut", Fault::Kind::cut, Operands::some_bytes},
    {"close-after", Fault::Kind::close_after, Operands::none},
    {"pieces", Fault::Kind::pieces, Operands::bytes},
    {"split-end", Fault::Kind::split_end, Operands::none},
    {"split-character", Fault::Kind::split_character, Operands::none},
    {"byte-order-mark", Fault::Kind::byte_order_mark, Operands::none},
    {"content-type", Fault::Kind::content_type, Operands::text},
    {"late", Fault::Kind::late, Operands::duration},
    {"close", Fault::Kind::stream_close, Operands::none},
    {"silence", Fault::Kind::stream_silence, Operands::none},
    {"stream-error", Fault::Kind::stream_error, Operands::code},
    {"repeat-error", Fault::Kind::repeat_error, Operands::code},
    {"no-heartbeat", Fault::Kind::no_heartbeat, Operands::none},
    {"duplicate-events", Fault::Kind::duplicate_events, Operands::none},
    {"merge-events", Fault::Kind::merge_events, Operands::none},
    {"vanished-events", Fault::Kind::vanished_events, Operands::none},
    {"together", Fault::Kind::together, Operands::none},
    {"buffered", Fault::Kind::buffered, Operands::none},
});

constexpr const FaultWord* find_fault_word(std::string_view word) {
    for (const auto& each : fault_words)
        if (each.word == word) return &each;
    return nullptr;
}

}  // namespace ews::simulator
