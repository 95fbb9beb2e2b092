// An answer that is lost or comes after the deadline, while what was asked for has happened or
// happens later: in Exchange, where the agent asks again and finds it done, and in the CRM, where
// the keys see to it.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/agent/world.hpp"
#include "tests/crash/scene.hpp"

namespace {

using crash::filed;
using crash::Scene;

/// The connection breaks when the first request of that operation has been carried out.
void lose_answer(Scene& scene, const std::string& operation) {
    scene.exchange.on_request([operation,
                               lost = false](std::string_view one, bool carried_out) mutable {
        if (lost || !carried_out || one != operation) return true;
        lost = true;
        return false;
    });
}

/// None of them says that a mail has failed, and the one that says what happened names the server.
void expect_one_wait(const Scene& scene) {
    EXPECT_EQ(scene.logged("warning failed"), 0U) << scene.log_text();
    const std::size_t told = scene.logged("warning waits") + scene.logged("error unreachable");
    EXPECT_EQ(told, 1U) << scene.log_text();
    EXPECT_EQ(scene.said("127.0.0.1", "why="), 1U) << scene.log_text();
}

class LostAnswer : public testing::TestWithParam<const char*> {};

TEST_P(LostAnswer, OfExchangeIsAskedForAgainAndEveryMailIsFiledOnce) {
    Scene scene;
    scene.begin();
    lose_answer(scene, GetParam());
    scene.drop({1, 2, 3});
    scene.work_until_finished(3);
    EXPECT_EQ(scene.told(), filed({1, 2, 3})) << scene.log_text();
    EXPECT_LE(scene.logged("warning waits") + scene.logged("error unreachable"), 1U)
        << scene.log_text();
}

INSTANTIATE_TEST_SUITE_P(
    Crash,
    LostAnswer,
    testing::Values("SyncFolderItems", "GetItem", "UpdateItem", "MoveItem"),
    [](const auto& operation) { return std::string(operation.param); }
);

TEST(LostAnswers, OfAMoveAreToldWithTheServer) {
    Scene scene;
    scene.begin();
    lose_answer(scene, "MoveItem");
    scene.drop({1});
    scene.work_until_finished(1);
    EXPECT_EQ(scene.told(), filed({1})) << scene.log_text();
    expect_one_wait(scene);
}

TEST(LostAnswers, OfAMoveAreFoundAfterARestartToo) {
    Scene scene;
    scene.begin();
    lose_answer(scene, "MoveItem");
    scene.drop({1, 2});
    scene.pump([&] { return scene.logged("error unreachable") > 0; });
    scene.stop();
    scene.start();
    scene.work_until_finished(2);
    EXPECT_EQ(scene.told(), filed({1, 2})) << scene.log_text();
}

TEST(LostAnswers, OfADeletionAreNoReasonToMissTheMail) {
    Scene scene(
        "<smart-convert enabled=\"true\"",
        "<smart-convert enabled=\"true\" delete-after-success=\"true\""
    );
    scene.begin();
    lose_answer(scene, "DeleteItem");
    scene.drop({1, 2});
    scene.work_until_finished(2);
    EXPECT_EQ(
        scene.told(),
        "CRM: email Offer 1\nCRM: email Offer 2\nCRM: opportunity Offer 1\nCRM: opportunity Offer "
        "2\n"
        "job done\njob done\n"
    ) << scene.log_text();
    expect_one_wait(scene);
}

TEST(LostAnswers, WhileTheFoldersAreMadeMakeThemOnce) {
    Scene scene;
    lose_answer(scene, "CreateFolder");
    scene.begin();
    scene.drop({1});
    scene.work_until_finished(1);
    std::size_t folders = 0;
    for (const auto& folder : scene.exchange.folders(crash::anna))
        folders += folder.display_name == crash::deals;
    EXPECT_EQ(folders, 1U);
    EXPECT_EQ(scene.told(), filed({1})) << scene.log_text();
}

/// The embedded CRM behind a connection on which the n-th change is not answered.
class FarCrm final : public crm::Directory, public crm::Archive {
public:
    enum class Effect { at_once, before_the_next_try, after_all_is_done };

    FarCrm(const std::string& url, int lost, Effect effect)
        : crm_(crm::embedded::open_embedded(url, crm::embedded::Opening::create).value()),
          lost_(lost),
          effect_(effect) {}

    boost::asio::awaitable<crm::Result<rules::Facts>> answer(rules::Need need) override {
        return crm_->answer(std::move(need));
    }
    boost::asio::awaitable<crm::Result<crm::Known>> known(std::set<std::string> keys) override {
        return crm_->known(std::move(keys));
    }
    boost::asio::awaitable<crm::Result<crm::Undone>> undo(std::string key) override {
        return crm_->undo(std::move(key));
    }
    boost::asio::awaitable<crm::Result<crm::Stored>> create(crm::NewRecord record) override {
        if (++changes == lost_) {
            late_ = std::move(record);
            if (effect_ == Effect::at_once) co_await arrive();
            co_return deadline;
        }
        crm::Result<crm::Stored> stored = co_await crm_->create(std::move(record));
        co_return stored;
    }
    boost::asio::awaitable<crm::Result<crm::Stored>> store(crm::NewMail mail) override {
        if (++changes == lost_) {
            late_ = std::move(mail);
            if (effect_ == Effect::at_once) co_await arrive();
            co_return deadline;
        }
        crm::Result<crm::Stored> stored = co_await crm_->store(std::move(mail));
        co_return stored;
    }

    /// What was not answered happens, if it has not yet.
    boost::asio::awaitable<void> arrive() {
        if (auto* record = std::get_if<crm::NewRecord>(&late_)) co_await crm_->create(*record);
        if (auto* mail = std::get_if<crm::NewMail>(&late_)) co_await crm_->store(*mail);
        late_ = {};
    }

    int changes = 0;
    const crm::Error deadline{
        crm::errc::unreachable,
        "crm.example: no answer within 30 s; see whether it is overloaded",
        {}};

private:
    std::unique_ptr<crm::embedded::Embedded> crm_;
    int lost_;
    Effect effect_;
    std::variant<std::monostate, crm::NewRecord, crm::NewMail> late_;
};

class LateCrm : public testing::TestWithParam<FarCrm::Effect> {
protected:
    /// One turn of the agent, which is started for it.
    void work(FarCrm& crm) {
        agent::JournalThread journal(agent::Journal::open(world_.journal_file()).value());
        agent::Worker worker(
            {world_.mailbox,
             crm,
             crm,
             journal,
             world_.clock,
             world_.arrivals,
             world_.retry,
             false,
             world_.on_brake},
            world_.policy,
            {{agent_test::anna}}
        );
        for (bool more = true; more;) {
            const agent::Result<bool> step = agent_test::run(context_, worker.step());
            more = step.has_value() && *step;
        }
    }

    std::string told(const std::string& file) const {
        auto database = crm::embedded::open_database(file, crm::embedded::Opening::read).value();
        std::string text;
        for (const auto& record : crm::embedded::list_records(database, std::nullopt).value()) {
            text += std::string(rules::to_text(record.kind)) + " " + record.name + "\n";
        }
        for (const auto& mail : crm::embedded::list_mails(database).value()) {
            text +=
                "email " + mail.subject + " with " + std::to_string(mail.links.size()) + " links\n";
        }
        for (const auto& [id, item] : world_.mailbox.items) {
            text += "mail in " + item.folder + ":";
            for (const std::string& category : item.categories) text += " [" + category + "]";
            text += "\n";
        }
        return text + "job " + std::string(agent::to_text(world_.job().state)) + "\n";
    }

    boost::asio::io_context context_;  ///< outlives the CRM's thread
    agent_test::World world_;
};

TEST_P(LateCrm, DoublesNothingWhicheverAnswerWasLost) {
    world_.drop(agent_test::offer());
    int changes = 1;
    for (int lost = 1; lost <= changes; ++lost) {
        const std::string file = world_.folder.file("crm-" + std::to_string(lost) + ".sqlite");
        std::filesystem::remove(world_.journal_file());
        world_.mailbox.items.clear();
        world_.drop(agent_test::offer());
        FarCrm crm("sqlite:" + file, lost, GetParam());
        work(crm);
        EXPECT_EQ(world_.job().note, crm.deadline.text);
        if (GetParam() == FarCrm::Effect::before_the_next_try) agent_test::run(context_, crm.arrive());
        world_.clock.time = world_.job().due;
        work(crm);
        agent_test::run(context_, crm.arrive());
        EXPECT_EQ(
            told(file),
            "account acme.example\ncontact Ann Bo\nopportunity Offer\nemail Offer with 2 links\n"
            "mail in inbox: [Processing Complete]\njob done\n"
        ) << "change "
          << lost;
        changes = crm.changes - lost;  // the second try makes all of them
        if (lost > 10) break;
    }
    EXPECT_EQ(changes, 4);
}

std::string name_of(const testing::TestParamInfo<FarCrm::Effect>& effect) {
    constexpr const char* names[] = {"AtOnce", "BeforeTheNextTry", "AfterAllIsDone"};
    return names[static_cast<int>(effect.param)];
}

using Effect = FarCrm::Effect;
INSTANTIATE_TEST_SUITE_P(
    Crash,
    LateCrm,
    testing::Values(Effect::at_once, Effect::before_the_next_try, Effect::after_all_is_done),
    name_of
);

}  // namespace
