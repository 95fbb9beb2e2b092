// What a server can do wrong, and when it does: the one type for tests (Simulator::inject) and for
// scripts (fault_script.hpp, where each kind has its word). README.md of this folder explains them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ews::simulator {

struct Fault {
    enum class Kind {
        // In place of the answer; the operation is not carried out.
        http_status,     ///< `status`; Retry-After when `back_off`, Location when `text` is set
        soap_fault,      ///< HTTP 500 with `code`; BackOffMilliseconds when `back_off` is set
        response_error,  ///< HTTP 200, a ResponseMessage with `code` for each id of the request
        drop,            ///< the connection is closed without an answer
        inner_error,     ///< as response_error: ErrorInternalServerError around `code`
        black_hole,      ///< nothing is sent, the connection stays open
        login_page,      ///< HTTP 200 with HTML
        // Of the server as a whole, before the operation is carried out.
        forget_subscriptions,
        forget_sync_states,
        // Of one item (see `count` and `text`) of the request.
        item_error,    ///< `code` for this item
        mime_error,    ///< the same, where MIME is asked for
        mime_empty,    ///< an empty t:MimeContent
        mime_missing,  ///< no t:MimeContent
        touched,       ///< somebody changes what UpdateItem is about to change
        // In what is said.
        vanished,            ///< SyncFolderItems lists an item that is not there
        illegal_characters,  ///< references that XML forbids, in every name and subject
        illegal_bytes,       ///< bytes that are no UTF-8, in the same places
        // In how it is sent; the operation is carried out.
        drop_after,       ///< closed without the answer
        cut,              ///< closed amid the answer, after `count` bytes or half of it
        close_after,      ///< closed behind the answer, which says keep-alive
        pieces,           ///< `count` bytes at a time
        split_end,        ///< in two, within the last </…Envelope>
        split_character,  ///< in two, within a character of two bytes
        byte_order_mark,  ///< before the XML
        content_type,     ///< `text`
        late,             ///< after `back_off`
        // Of a stream; the first four when `events` events were told.
        stream_close,      ///< ConnectionStatus Closed
        stream_silence,    ///< nothing more comes, not even a heartbeat
        stream_error,      ///< `code`, the subscriptions, Closed
        repeat_error,      ///< `code` with ConnectionStatus OK, at once and in place of heartbeats
        no_heartbeat,      ///< events only
        duplicate_events,  ///< everything is told twice
        merge_events,      ///< of what waits, the last event of each folder
        vanished_events,   ///< each batch tells of an item that is not there
        together,          ///< an envelope for each event, and a heartbeat, all in one chunk
        buffered           ///< somebody between holds everything back until the end
    };
    Kind kind = Kind::soap_fault;
    unsigned status = 503;
    std::string code = "ErrorServerBusy";
    std::chrono::milliseconds back_off{0};
    std::size_t count = 0;   ///< of bytes; which item of the request, from 1, 0: see `text`
    std::size_t events = 0;  ///< told before a stream is hit
    std::string text = {};   ///< Location, Content-Type; the subject of the item, "": every item
};

/// Which requests a fault hits, counted from when it was planned, those of its operation only.
struct Occasion {
    static constexpr std::size_t for_ever = SIZE_MAX;
    std::size_t first = 1;
    std::size_t times = 1;   ///< of requests in a row, from `first` on
    std::size_t every = 0;   ///< not 0: each such one, for ever
    std::size_t one_in = 0;  ///< not 0: by chance, for ever
    bool operator==(const Occasion&) const = default;
};

struct PlannedFault {
    std::string operation = "*";  ///< "*": any
    Occasion when = {};
    Fault fault = {};
};

/// Where a fault is looked for. Of one stage at most one fault hits a request.
enum class Stage { answer, server, item, mime, update, listing, text, wire, stream };

Stage stage_of(Fault::Kind kind);

}  // namespace ews::simulator
