// Cuts the endless answer of GetStreamingEvents into envelopes. The bytes come in any portions,
// several envelopes in one or one in many; between them may stand declarations, byte order marks
// and white space. Does no I/O. Used by ews/event_stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "ews/error.hpp"
#include "ews/limits.hpp"

namespace ews {

class SplitEnvelopes {
public:
    explicit SplitEnvelopes(std::size_t bound = limits::stream_envelope) : bound_(bound) {}

    /// errc::too_large beyond the bound, errc::not_ews for a document that is no Envelope. Of no
    /// use after an error, except that what was complete before can still be taken.
    Result<void> feed(std::string_view bytes);
    /// The next complete envelope, in order.
    std::optional<std::string> next();

private:
    enum class State : std::uint8_t {
        text,
        open,
        name,
        tag,
        quoted,
        closing,
        instruction,
        special
    };

    Result<void> take(char c);
    void take_open(char c);
    Result<void> take_name(char c);
    void take_tag(char c);
    void take_special(char c);
    Result<void> leave_element();
    void leave_mark_up();

    std::size_t bound_;
    std::string current_;  ///< what has come of the envelope
    std::string name_;     ///< of the element whose tag is being read
    std::deque<std::string> complete_;
    State state_ = State::text;
    std::size_t depth_ = 0;
    std::size_t mark_up_ = 0;  ///< where in current_ the mark-up under way began
    char quote_ = 0;
};

}  // namespace ews
