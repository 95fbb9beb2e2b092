#include "ews/simulator/item.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

TEST(SimulatorItem, KnowsMeetingRequestsAndReportsByTheirClass) {
    const auto of = [](std::string type) {
        return new_mail("Content-Type: " + type + "\r\n\r\nx\r\n").item_class;
    };
    EXPECT_EQ(of("text/plain"), "IPM.Note");
    EXPECT_EQ(
        of("multipart/report; report-type=delivery-status; boundary=b"), "REPORT.IPM.Note.NDR"
    );
    EXPECT_EQ(of("multipart/signed; boundary=b"), "IPM.Note.SMIME.MultipartSigned");
}

}  // namespace
