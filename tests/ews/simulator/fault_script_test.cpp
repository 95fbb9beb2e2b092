#include "ews/simulator/fault_script.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ews/simulator/fault_words.hpp"

namespace {

using namespace ews::simulator;

PlannedFault line(std::string_view text) {
    const auto script = read_fault_script(text);
    EXPECT_EQ(script.problems, std::vector<std::string>{}) << text;
    return script.faults.empty() ? PlannedFault{} : script.faults.front();
}

std::string problem(std::string_view text) {
    const auto script = read_fault_script(text);
    EXPECT_TRUE(script.faults.empty()) << text;
    return script.problems.size() == 1 ? script.problems.front() : "";
}

TEST(FaultScript, NamesAnOperationARequestAndWhatHappens) {
    const auto planned = line("GetItem 3 drop-after");
    EXPECT_EQ(planned.operation, "GetItem");
    EXPECT_EQ(planned.when, (Occasion{3, 1, 0, 0}));
    EXPECT_EQ(planned.fault.kind, Fault::Kind::drop_after);
}

TEST(FaultScript, MeansAnyOperationAndTheNextRequestWhereItNamesNone) {
    EXPECT_EQ(line("drop").operation, "*");
    EXPECT_EQ(line("drop").when, (Occasion{1, 1, 0, 0}));
    EXPECT_EQ(line("every 20 401").operation, "*");
    EXPECT_EQ(line("every 20 401").when, (Occasion{1, 1, 20, 0}));
    EXPECT_EQ(line("* one-in 50 drop").when, (Occasion{1, 1, 0, 50}));
}

TEST(FaultScript, TakesRangesOfRequests) {
    EXPECT_EQ(line("GetItem 2..4 drop").when, (Occasion{2, 3, 0, 0}));
    EXPECT_EQ(line("GetItem 2.. drop").when, (Occasion{2, Occasion::for_ever, 0, 0}));
    EXPECT_EQ(line("GetItem always drop").when, (Occasion{1, Occasion::for_ever, 0, 0}));
}

TEST(FaultScript, TellsAStatusFromTheNumberOfARequest) {
    EXPECT_EQ(line("503").fault.status, 503U);
    EXPECT_EQ(line("GetItem 503 503").when.first, 503U);
    EXPECT_EQ(line("GetItem 503 drop").when.first, 503U);
    EXPECT_EQ(line("GetItem 503 retry-after 7").fault.back_off, std::chrono::seconds(7));
    EXPECT_EQ(line("302 to /owa/auth/logon.aspx").fault.text, "/owa/auth/logon.aspx");
}

TEST(FaultScript, TakesTheOperandsOfAFault) {
    EXPECT_EQ(line("fault ErrorServerBusy back-off 297749").fault.back_off.count(), 297'749);
    EXPECT_EQ(line("inner ErrorQuotaExceeded").fault.code, "ErrorQuotaExceeded");
    EXPECT_EQ(line("pieces 1").fault.count, 1U);
    EXPECT_EQ(line("late 250").fault.back_off.count(), 250);
    EXPECT_EQ(
        line("content-type text/xml; charset=iso-8859-1").fault.text, "text/xml; charset=iso-8859-1"
    );
}

TEST(FaultScript, NamesAnItemByItsPlaceOrItsSubject) {
    EXPECT_EQ(line("GetItem always mime-empty item 3").fault.count, 3U);
    const auto poison = line("item-error ErrorServerBusy subject The mail of death ");
    EXPECT_EQ(poison.fault.text, "The mail of death");
    EXPECT_EQ(poison.fault.code, "ErrorServerBusy");
}

TEST(FaultScript, LetsAStreamTellEventsFirst) {
    const auto planned = line("GetStreamingEvents after-events 5 close");
    EXPECT_EQ(planned.fault.kind, Fault::Kind::stream_close);
    EXPECT_EQ(planned.fault.events, 5U);
    EXPECT_EQ(planned.when, (Occasion{1, 1, 0, 0}));
    EXPECT_EQ(line("GetStreamingEvents 2.. after-events 1 cut 100").fault.count, 100U);
}

TEST(FaultScript, SkipsCommentsAndEmptyLines) {
    const auto script = read_fault_script("# of a bad day\r\n\n  drop\r\n\t\n503");
    EXPECT_TRUE(script.problems.empty());
    EXPECT_EQ(script.faults.size(), 2U);
}

TEST(FaultScript, TellsAllProblemsWithTheirLines) {
    const auto script = read_fault_script("drop\nGetItme drop\n\nexplode\nGetItem 3");
    const std::vector<std::string> expected{
        "line 2: GetItme is no operation of this server",
        "line 4: explode is no fault",
        "line 5: what happens is missing"};
    EXPECT_EQ(script.problems, expected);
}

TEST(FaultScript, SaysWhatIsWrongWithALine) {
    EXPECT_EQ(problem("pieces"), "line 1: how many bytes is missing");
    EXPECT_EQ(
        problem("every x drop"),
        "line 1: every how many requests must be a number from 1 to 100000000, not \"x\""
    );
    EXPECT_EQ(
        problem("GetItem 0 drop"),
        "line 1: which request must be a number from 1 to 100000000, not \"0\""
    );
    EXPECT_EQ(problem("5..3 drop"), "line 1: 5..3 ends before it begins");
    EXPECT_EQ(problem("fault ServerBusy"), "line 1: ServerBusy is no code");
    EXPECT_EQ(problem("drop twice"), "line 1: twice is too much");
    EXPECT_EQ(problem("stream-error ErrorServerBusy back-off 5"), "line 1: back-off is too much");
    EXPECT_EQ(problem("close"), "line 1: this fault belongs to GetStreamingEvents");
    EXPECT_EQ(problem("GetItem vanished"), "line 1: this fault belongs to SyncFolderItems");
    EXPECT_EQ(problem("mime-empty"), "line 1: this fault belongs to GetItem");
    EXPECT_EQ(problem("MoveItem touched"), "line 1: this fault belongs to UpdateItem");
}

TEST(FaultScript, RefusesWhatIsTooLong) {
    const std::string long_text(2'000'000, '\n');
    EXPECT_EQ(problem(long_text), "longer than 1048576 bytes");
}

TEST(FaultScript, HasAWordForEachKindButStatuses) {
    for (auto kind = 0; kind <= static_cast<int>(Fault::Kind::buffered); ++kind) {
        auto words = 0;
        for (const auto& word : fault_words) words += static_cast<int>(word.kind) == kind ? 1 : 0;
        EXPECT_EQ(words, kind == static_cast<int>(Fault::Kind::http_status) ? 0 : 1) << kind;
    }
}

}  // namespace
