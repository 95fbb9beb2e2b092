#include "ews/autodiscover_report.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using ews::errc;

TEST(AutodiscoverReport, HasALineForEachPlaceAndTheWayOut) {
    ews::AutodiscoverReport report;
    report.add("https://a.test/a.svc", errc::not_ews, "HTTP 404");
    report.add("https://a.test/a.xml", errc::not_ews, "the answer is no XML");
    EXPECT_EQ(
        report.error("ann@a.test").text,
        "Autodiscover finds no EWS for ann@a.test. What was tried:\n"
        "  https://a.test/a.svc: HTTP 404\n"
        "  https://a.test/a.xml: the answer is no XML\n"
        "The address of EWS can be configured instead: https://HOST/EWS/Exchange.asmx, for "
        "Exchange Online https://outlook.office365.com/EWS/Exchange.asmx."
    );
    EXPECT_EQ(report.error("ann@a.test").code, errc::not_ews);
}

TEST(AutodiscoverReport, ARefusedLoginTellsMoreThanAServerThatIsAway) {
    ews::AutodiscoverReport report;
    report.add("a", errc::unreachable, "cut");
    EXPECT_EQ(report.error("x").code, errc::unreachable);
    report.add("b", errc::unauthorised, "refused");
    report.add("c", errc::timeout, "late");
    report.add("d", errc::other, "redirects to e");
    EXPECT_EQ(report.error("x").code, errc::unauthorised);
}

TEST(AutodiscoverReport, ABusyServerSaysHowLong) {
    ews::AutodiscoverReport report;
    report.add("a", errc::unavailable, "HTTP 503", 30s);
    report.add("b", errc::unavailable, "HTTP 503", 10s);
    EXPECT_EQ(report.error("x").code, errc::unavailable);
    EXPECT_EQ(report.error("x").back_off, 30s);
    report.add("c", errc::unauthorised, "refused");
    EXPECT_EQ(report.error("x").back_off, std::nullopt);
}

}  // namespace
