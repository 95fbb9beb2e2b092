#include "ews/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace ews {
namespace {

using Entry = std::pair<std::string_view, errc>;

// Sorted by name. protocol reference: ResponseCodeType of messages.xsd.
constexpr Entry codes[] = {
    {"ErrorADOperation", errc::server_trouble},
    {"ErrorADSessionFilter", errc::server_trouble},
    {"ErrorADUnavailable", errc::server_trouble},
    {"ErrorAccessDenied", errc::access_denied},
    {"ErrorAccountDisabled", errc::unauthorised},
    {"ErrorBatchProcessingStopped", errc::batch_stopped},
    {"ErrorCannotDeleteObject", errc::folder_not_deleted},
    {"ErrorChangeKeyRequired", errc::stale_change_key},
    {"ErrorChangeKeyRequiredForWriteOperations", errc::stale_change_key},
    {"ErrorConnectionFailed", errc::server_trouble},
    {"ErrorContentConversionFailed", errc::not_convertible},
    {"ErrorCorruptData", errc::corrupt},
    {"ErrorDataSizeLimitExceeded", errc::item_too_large},
    {"ErrorDeleteDistinguishedFolder", errc::folder_not_deleted},
    {"ErrorExceededConnectionCount", errc::too_many_connections},
    {"ErrorExceededFindCountLimit", errc::page_too_large},
    {"ErrorExceededSubscriptionCount", errc::too_many_subscriptions},
    {"ErrorExpiredSubscription", errc::subscription_lost},
    {"ErrorFolderExists", errc::folder_exists},
    {"ErrorFolderNotFound", errc::folder_not_found},
    {"ErrorImpersonateUserDenied", errc::impersonation_denied},
    {"ErrorImpersonationDenied", errc::impersonation_denied},
    {"ErrorImpersonationFailed", errc::impersonation_denied},
    {"ErrorInsufficientResources", errc::server_trouble},
    {"ErrorInternalServerError", errc::internal_error},
    {"ErrorInternalServerTransientError", errc::server_trouble},
    {"ErrorInvalidChangeKey", errc::stale_change_key},
    {"ErrorInvalidId", errc::invalid_id},
    {"ErrorInvalidIdEmpty", errc::invalid_id},
    {"ErrorInvalidIdMalformed", errc::invalid_id},
    {"ErrorInvalidIdMalformedEwsLegacyIdFormat", errc::invalid_id},
    {"ErrorInvalidRequest", errc::invalid_request},
    {"ErrorInvalidSchemaVersionForMailboxVersion", errc::unsupported_version},
    {"ErrorInvalidServerVersion", errc::unsupported_version},
    {"ErrorInvalidSubscription", errc::subscription_lost},
    {"ErrorInvalidSubscriptionRequest", errc::invalid_request},
    {"ErrorInvalidSyncStateData", errc::invalid_sync_state},
    {"ErrorInvalidWatermark", errc::subscription_lost},
    {"ErrorIrresolvableConflict", errc::conflict},
    {"ErrorItemCorrupt", errc::corrupt},
    {"ErrorItemNotFound", errc::item_not_found},
    {"ErrorItemSave", errc::server_trouble},
    {"ErrorMailboxFailover", errc::server_trouble},
    {"ErrorMailboxMoveInProgress", errc::server_trouble},
    {"ErrorMailboxStoreUnavailable", errc::server_trouble},
    {"ErrorMessageSizeExceeded", errc::item_too_large},
    {"ErrorMimeContentConversionFailed", errc::not_convertible},
    {"ErrorMissedNotificationEvents", errc::missed_events},
    {"ErrorMissingEmailAddress", errc::no_such_mailbox},
    {"ErrorMoveCopyFailed", errc::move_failed},
    {"ErrorNoDestinationCASDueToVersionMismatch", errc::server_trouble},
    {"ErrorNoRespondingCASInDestinationSite", errc::server_trouble},
    {"ErrorNonExistentMailbox", errc::no_such_mailbox},
    {"ErrorNotEnoughMemory", errc::server_trouble},
    {"ErrorPasswordChangeRequired", errc::unauthorised},
    {"ErrorPasswordExpired", errc::unauthorised},
    {"ErrorProxiedSubscriptionCallFailure", errc::subscription_lost},
    {"ErrorProxyCallFailed", errc::server_trouble},
    {"ErrorProxyRequestNotAllowed", errc::subscription_lost},
    {"ErrorQuotaExceeded", errc::quota_exceeded},
    {"ErrorQuotaExceededOnDelete", errc::quota_exceeded},
    {"ErrorReadEventsFailed", errc::missed_events},
    {"ErrorRequestAborted", errc::server_trouble},
    {"ErrorSchemaValidation", errc::invalid_request},
    {"ErrorServerBusy", errc::server_busy},
    {"ErrorStaleObject", errc::stale_change_key},
    {"ErrorSubscriptionAccessDenied", errc::subscription_denied},
    {"ErrorSubscriptionNotFound", errc::subscription_lost},
    {"ErrorSubscriptionUnsubscribed", errc::subscription_lost},
    {"ErrorSyncFolderNotFound", errc::folder_not_found},
    {"ErrorTimeoutExpired", errc::server_timeout},
    {"ErrorTooManyObjectsOpened", errc::server_trouble},
};

constexpr bool by_name(const Entry& a, const Entry& b) {
    return a.first < b.first;
}
static_assert(std::is_sorted(std::begin(codes), std::end(codes), by_name));

// In the order of errc.
constexpr std::string_view names[] = {
    "bad url",
    "unreachable",
    "untrusted",
    "timeout",
    "too large",
    "cancelled",
    "unauthorised",
    "forbidden",
    "not ews",
    "redirected",
    "gateway",
    "unavailable",
    "http status",
    "protocol",
    "server busy",
    "too many connections",
    "too many subscriptions",
    "page too large",
    "server timeout",
    "server trouble",
    "internal error",
    "batch stopped",
    "invalid request",
    "unsupported version",
    "access denied",
    "impersonation denied",
    "no such mailbox",
    "quota exceeded",
    "item not found",
    "folder not found",
    "folder exists",
    "folder not deleted",
    "invalid id",
    "stale change key",
    "conflict",
    "move failed",
    "not convertible",
    "corrupt",
    "item too large",
    "invalid sync state",
    "subscription lost",
    "missed events",
    "subscription denied",
    "other"};
static_assert(std::size(names) == static_cast<std::size_t>(errc::other) + 1);

}  // namespace

errc errc_of(std::string_view response_code) {
    const auto found =
        std::lower_bound(std::begin(codes), std::end(codes), Entry(response_code, {}), by_name);
    if (found != std::end(codes) && found->first == response_code) return found->second;
    // New codes appear without notice; their names tell this much.
    if (response_code.find("Transient") != std::string_view::npos) return errc::server_trouble;
    return errc::other;
}

std::string_view to_text(errc code) {
    return names[static_cast<std::size_t>(code)];
}

Error from_transport(const http::Error& error) {
    const auto code = [&] {
        switch (error.code) {
            case http::errc::bad_url:
                return errc::bad_url;
            case http::errc::resolve:
            case http::errc::connect:
            case http::errc::closed:
                return errc::unreachable;
            case http::errc::untrusted:
            case http::errc::tls:
                return errc::untrusted;
            case http::errc::timeout:
                return errc::timeout;
            case http::errc::too_large:
                return errc::too_large;
            case http::errc::protocol:
                return errc::not_ews;
            case http::errc::cancelled:
                return errc::cancelled;
        }
        return errc::unreachable;
    }();
    return {code, {}, error.text, {}};
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(fmt::format("{}: {}", to_text(error.code), error.text));
}

}  // namespace ews
