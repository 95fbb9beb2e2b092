// What can go wrong between us and an Exchange server, as a value. One item of a batch, a whole
// answer, the HTTP status and the connection all end here; code for the program, text for people.
// Which code is which, and what is done about it: ews/response_code.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/error.hpp"

namespace ews {

enum class errc {
    // the connection
    bad_url,      ///< the URL cannot be used
    unreachable,  ///< host unknown, nobody listens, connection cut
    untrusted,    ///< certificate or TLS handshake refused
    timeout,      ///< no answer in time, or a silent stream
    too_large,    ///< the answer exceeds a bound
    cancelled,    ///< stopped by us
    // HTTP
    unauthorised,  ///< 401
    forbidden,     ///< 403
    not_ews,       ///< 404, or an answer that is no SOAP: another service lives at this URL
    redirected,    ///< 3xx to another address
    gateway,       ///< 500 without SOAP, 502, 504, 3xx to an error or login page
    unavailable,   ///< 429, 503
    http_status,   ///< any other status
    protocol,      ///< SOAP, but not what was asked for
    // the server as a whole
    server_busy,             ///< ErrorServerBusy: send nothing until back_off has passed
    too_many_connections,    ///< ErrorExceededConnectionCount
    too_many_subscriptions,  ///< ErrorExceededSubscriptionCount
    page_too_large,          ///< ErrorExceededFindCountLimit
    server_timeout,          ///< ErrorTimeoutExpired, 408: ask for less at a time
    server_trouble,          ///< transient failures, failover, mailbox being moved
    internal_error,          ///< ErrorInternalServerError that hides nothing better
    batch_stopped,           ///< ErrorBatchProcessingStopped: this item was not tried
    invalid_request,         ///< ErrorSchemaValidation, ErrorInvalidRequest: our mistake
    unsupported_version,     ///< ErrorInvalidServerVersion and its like
    // access
    access_denied,
    impersonation_denied,
    no_such_mailbox,
    quota_exceeded,
    sending_denied,  ///< not as this mailbox, or not at all
    sending_limit,   ///< the mailbox has sent as much as it may for now
    // items and folders
    item_not_found,
    folder_not_found,
    folder_exists,
    folder_not_deleted,  ///< ErrorCannotDeleteObject, ErrorDeleteDistinguishedFolder
    invalid_id,          ///< the id cannot be read by this server
    stale_change_key,    ///< ErrorStaleObject, ErrorInvalidChangeKey, ErrorChangeKeyRequired…
    conflict,            ///< ErrorIrresolvableConflict
    move_failed,         ///< ErrorMoveCopyFailed
    not_saved,           ///< ErrorItemSave, ErrorFolderSave and their like
    not_convertible,     ///< no MIME can be made of the item
    corrupt,             ///< ErrorCorruptData, ErrorItemCorrupt
    item_too_large,      ///< ErrorMessageSizeExceeded, ErrorDataSizeLimitExceeded, 413
    invalid_sync_state,  ///< start over with an empty SyncState
    // subscriptions
    subscription_lost,  ///< unknown, expired, unsubscribed, on another server: subscribe again,
                        ///< then sync
    missed_events,  ///< ErrorMissedNotificationEvents, ErrorReadEventsFailed: as subscription_lost
    subscription_denied,  ///< ErrorSubscriptionAccessDenied: another account subscribed
    transient,            ///< a code unknown to us whose name says that it passes
    other,                ///< see response_code
};

struct Error {
    errc code = errc::other;
    std::string response_code;  ///< as the server wrote it, "" if it came from elsewhere
    std::string text;           ///< for people; holds no secret
    std::optional<std::chrono::milliseconds> back_off;  ///< how long the server asks us to wait
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = boost::system::result<T, Error>;

errc errc_of(std::string_view response_code);
std::string_view to_text(errc code);
Error from_transport(const http::Error& error);

[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

}  // namespace ews
