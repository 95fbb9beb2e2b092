// The clock of the machine is put forward or back by a day while the agent lives; that of Exchange
// is right. Nothing is lost, nothing is taken twice, and nothing old is taken for new.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/crash/scene.hpp"

namespace {

using crash::filed;
using crash::Scene;
using namespace std::chrono_literals;

struct Jump {
    const char* name;
    std::chrono::milliseconds by;
};
std::ostream& operator<<(std::ostream& out, const Jump& jump) {
    return out << jump.name;
}

class ClockJump : public testing::TestWithParam<Jump> {
protected:
    static void jump(Scene& scene) { scene.clock.ahead += GetParam().by; }
    static void jump_back(Scene& scene) { scene.clock.ahead -= GetParam().by; }
};

TEST_P(ClockJump, WhileNothingHappensHoldsNothingUp) {
    Scene scene;
    scene.begin();
    jump(scene);
    scene.drop({1});
    scene.work_until_finished(1);
    jump_back(scene);
    scene.drop({2});
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed({1, 2})) << scene.log_text();
}

TEST_P(ClockJump, WhileMailsWaitToBeTriedAgainHoldsNothingUp) {
    Scene scene;
    scene.begin();
    ews::simulator::Fault trouble;
    trouble.kind = ews::simulator::Fault::Kind::response_error;
    trouble.code = "ErrorInternalServerError";
    scene.exchange.inject("GetItem", trouble, 4);  // each is asked for twice
    scene.drop({1});
    scene.pump([&] { return scene.logged("warning waits") == 1; });
    scene.drop({2});
    scene.pump([&] { return scene.logged("warning waits") == 2; });
    jump(scene);
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed({1, 2})) << scene.log_text();
}

TEST_P(ClockJump, BetweenAStopAndAStartHoldsNothingUp) {
    Scene scene;
    scene.begin();
    scene.exchange.on_request([](std::string_view operation, bool) {
        return operation != "MoveItem";
    });
    scene.drop({1, 2});
    scene.pump([&] { return scene.logged("error unreachable") > 0; });
    scene.stop();
    scene.exchange.on_request({});
    jump(scene);
    scene.drop({3});
    scene.begin();
    scene.work_until_finished(3);
    EXPECT_EQ(scene.told(), filed({1, 2, 3})) << scene.log_text();
}

/// Every mail in the Inbox is captured, from the first start on.
class CaptureOverAClockJump : public ClockJump {
protected:
    CaptureOverAClockJump()
        : scene_("<inbox enabled=\"true\"", "<inbox enabled=\"true\" required-category=\"false\"") {
    }

    void receive(int number) {
        scene_.exchange.deliver(crash::anna, "inbox", crash::offer(number));
    }

    /// At the next reading of a folder the server does not know how far we were.
    void lose_sync_state() {
        ews::simulator::Fault lost;
        lost.kind = ews::simulator::Fault::Kind::response_error;
        lost.code = "ErrorInvalidSyncStateData";
        scene_.exchange.inject("SyncFolderItems", lost);
    }

    /// Those lie in the Inbox untouched, these are archived where they lie.
    static std::string captured(
        const std::vector<int>& untouched, const std::vector<int>& archived
    ) {
        std::vector<std::string> lines;
        for (const int number : untouched)
            lines.push_back("Inbox: Offer " + std::to_string(number));
        for (const int number : archived) {
            lines.push_back("Inbox: Offer " + std::to_string(number) + " [Processing Complete]");
            lines.push_back("CRM: email Offer " + std::to_string(number));
            lines.push_back("job done");
        }
        return crash::sorted(std::move(lines));
    }

    Scene scene_;
};

TEST_P(CaptureOverAClockJump, TakesWhatComesAfterwardsOnce) {
    scene_.begin();
    receive(1);
    scene_.work_until_finished(1);
    jump(scene_);
    receive(2);
    scene_.work_until_finished(2);
    lose_sync_state();
    receive(3);
    scene_.work_until_finished(3);
    EXPECT_EQ(scene_.told(), captured({}, {1, 2, 3})) << scene_.log_text();
}

TEST_P(CaptureOverAClockJump, ThatIsSetRightAgainTakesWhatCameOnce) {
    scene_.begin();
    jump(scene_);
    receive(1);
    scene_.work_until_finished(1);
    jump_back(scene_);
    lose_sync_state();
    receive(2);
    scene_.work_until_finished(2);
    EXPECT_EQ(scene_.told(), captured({}, {1, 2})) << scene_.log_text();
}

TEST_P(CaptureOverAClockJump, ThatWasThereAtTheFirstStartTakesWhatComes) {
    jump(scene_);
    scene_.begin();
    receive(1);
    scene_.work_until_finished(1);
    EXPECT_EQ(scene_.told(), captured({}, {1})) << scene_.log_text();
}

const Jump jumps[] = {{"ADayAhead", 24h}, {"ADayBack", -24h}};
std::string name_of(const testing::TestParamInfo<Jump>& jump) {
    return jump.param.name;
}
INSTANTIATE_TEST_SUITE_P(Crash, ClockJump, testing::ValuesIn(jumps), name_of);
INSTANTIATE_TEST_SUITE_P(Crash, CaptureOverAClockJump, testing::ValuesIn(jumps), name_of);

}  // namespace
