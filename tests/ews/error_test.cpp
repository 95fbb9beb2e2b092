#include "ews/error.hpp"

#include <gtest/gtest.h>

namespace {

using ews::errc;

TEST(Error, KnowsTheResponseCodesThatMatter) {
    EXPECT_EQ(ews::errc_of("ErrorServerBusy"), errc::server_busy);
    EXPECT_EQ(ews::errc_of("ErrorItemNotFound"), errc::item_not_found);
    EXPECT_EQ(ews::errc_of("ErrorAccessDenied"), errc::access_denied);
    EXPECT_EQ(ews::errc_of("ErrorTooManyObjectsOpened"), errc::server_trouble);
    EXPECT_EQ(ews::errc_of("ErrorInvalidSyncStateData"), errc::invalid_sync_state);
}

TEST(Error, NewCodesAreJudgedByTheirName) {
    EXPECT_EQ(ews::errc_of("ErrorSomeNewTransientFailure"), errc::transient);
    EXPECT_EQ(ews::errc_of("ErrorSomethingNew"), errc::other);
    EXPECT_EQ(ews::errc_of(""), errc::other);
    EXPECT_EQ(ews::errc_of("errorserverbusy"), errc::other);
}

TEST(Error, TellsLostSubscriptionsFromForbiddenOnes) {
    for (const auto* code :
         {"ErrorInvalidSubscription",
          "ErrorSubscriptionNotFound",
          "ErrorExpiredSubscription",
          "ErrorSubscriptionUnsubscribed",
          "ErrorInvalidWatermark",
          "ErrorProxyRequestNotAllowed"})
        EXPECT_EQ(ews::errc_of(code), errc::subscription_lost) << code;
    for (const auto* code : {"ErrorReadEventsFailed", "ErrorMissedNotificationEvents"})
        EXPECT_EQ(ews::errc_of(code), errc::missed_events) << code;
    EXPECT_EQ(ews::errc_of("ErrorSubscriptionAccessDenied"), errc::subscription_denied);
}

TEST(Error, KeepsTheTextOfTheTransport) {
    const auto error = ews::from_transport({http::errc::untrusted, "the certificate has expired"});
    EXPECT_EQ(error.code, errc::untrusted);
    EXPECT_EQ(error.text, "the certificate has expired");
    EXPECT_EQ(ews::from_transport({http::errc::closed, ""}).code, errc::unreachable);
    EXPECT_EQ(ews::from_transport({http::errc::cancelled, ""}).code, errc::cancelled);
}

TEST(Error, EveryCodeHasItsOwnName) {
    EXPECT_EQ(ews::to_text(errc::bad_url), "bad url");
    EXPECT_EQ(ews::to_text(errc::unauthorised), "unauthorised");
    EXPECT_EQ(ews::to_text(errc::server_busy), "server busy");
    EXPECT_EQ(ews::to_text(errc::access_denied), "access denied");
    EXPECT_EQ(ews::to_text(errc::sending_limit), "sending limit");
    EXPECT_EQ(ews::to_text(errc::item_not_found), "item not found");
    EXPECT_EQ(ews::to_text(errc::not_saved), "not saved");
    EXPECT_EQ(ews::to_text(errc::subscription_lost), "subscription lost");
    EXPECT_EQ(ews::to_text(errc::other), "other");
}

}  // namespace
