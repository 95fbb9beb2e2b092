// Runs every folder of samples/scenarios: whole mails from the drop folder of a simulated Exchange through the real
// agent into an embedded CRM, and compares the story with expected.txt.
// MAILFERRY_UPDATE_SCENARIOS=1 writes expected.txt instead; read the difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <variant>

#include "agent/decide.hpp"
#include "tests/scenarios/scenario.hpp"
#include "tests/scenarios/story.hpp"
#include "tests/scenarios/world.hpp"

namespace {

using scenario::Drop;
using scenario::Scenario;

std::vector<std::string> names() {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(world::samples() / "scenarios")) {
        if (entry.is_directory()) result.push_back(entry.path().filename().string());
    }
    std::sort(result.begin(), result.end());
    return result;
}

/// What a user had on the item before she dropped it.
void set_categories(world::World& world, const Drop& drop, const std::string& item) {
    if (drop.categories.empty()) return;
    const agent::Config config = world.config();
    auto connection =
        agent::open_connection(world.context.get_executor(), config.exchanges.front());
    ASSERT_TRUE(connection);
    agent::EwsMailbox mailbox(
        *connection->transport,
        agent::client_options(config.exchanges.front(), *connection, {{drop.mailbox}})
    );
    auto marked = boost::asio::co_spawn(
        world.context, mailbox.mark(item, {drop.categories, {}, ""}), boost::asio::use_future
    );
    world.pump([&marked] {
        return marked.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    ASSERT_TRUE(marked.get());
}

/// Plays the events one after the other and writes down what they lead to.
class Play {
public:
    explicit Play(const Scenario& told) : told_(told), world_(told.policy, told.people, told.mailboxes) {
        world_.configure(world_.exchange.url());
        for (const auto& record : world_.records()) known_.insert(record.id);
        world_.start();
        listen(told.mailboxes.size());
    }

    std::string tell() {
        for (const scenario::Event& event : told_.events) {
            std::visit([this](const auto& one) { play(one); }, event);
        }
        world_.stop();
        text_ += "== New in the CRM\n";
        for (const auto& record : world_.records()) {
            if (!known_.contains(record.id)) text_ += scenario::record_line(record);
        }
        for (const auto& mail : world_.mails()) text_ += scenario::mail_lines(mail, world_, sent_);
        text_ += "\n== Mailboxes\n";
        for (const std::string& mailbox : told_.mailboxes) {
            text_ += scenario::mailbox_lines(world_, mailbox);
        }
        return text_;
    }

private:
    void listen(std::size_t mailboxes) {
        world_.pump([&] { return world_.logged("info listening") == mailboxes; });
    }

    void play(const Drop& drop) {
        const std::string mime = world::read(drop.mail);
        sent_.insert(mime);
        const std::string item = world_.exchange.deliver(drop.mailbox, drop.from, mime);
        set_categories(world_, drop, item);
        world_.exchange.move(drop.mailbox, item, drop.into);
        ++drops_;
        world_.pump([&] { return world_.finished() == drops_; });
        text_ += "== " + drop.mailbox + " drops " + drop.mail.filename().string() + " into '" +
                 drop.into + "'\n" + scenario::decided(world_.jobs().back()) + "\n";
    }

    void play(const scenario::NewPolicy& policy) {
        text_ += "== The policy becomes " + policy.file.filename().string() + "\n";
        const std::filesystem::path file = world_.folder.path / "policy.xml";
        world::write(file, world::read(policy.file));
        world_.log.clear();
        world_.service->reload();
        if (world_.logged("error invalid") == 0) listen(told_.mailboxes.size());
        for (std::string line : world_.log) {
            const auto place = line.find(world_.folder.path.string());
            if (!line.starts_with("error invalid")) continue;
            text_ += line.erase(place, world_.folder.path.string().size() + 1) + "\n";
        }
        text_ += "\n";
    }

    void play(const scenario::Explanation& explanation) {
        const auto policy = agent::load_policy(world_.folder.path / "policy.xml");
        const auto role = rules::role(explanation.role);
        ASSERT_TRUE(policy && role);
        const agent::ReadMail read =
            agent::read_mail(world::read(explanation.mail), {{{explanation.mailbox}}, *role, {}});
        auto crm = crm::embedded::open_embedded(world_.crm_url(), crm::embedded::Opening::read);
        ASSERT_TRUE(crm);
        auto decision = boost::asio::co_spawn(
            world_.context, agent::decide(*policy, read, **crm), boost::asio::use_future
        );
        world_.pump([&decision] {
            return decision.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        });
        text_ += "== Explained, nothing done: " + explanation.mail.filename().string() + " in " +
                 explanation.role + "\n" + rules::explain(*decision.get()) + "\n";
    }

    const Scenario& told_;
    world::World world_;
    std::set<std::string> known_, sent_;
    std::size_t drops_ = 0;
    std::string text_;
};

class Scenarios : public testing::TestWithParam<std::string> {};

TEST_P(Scenarios, EndAsExpected) {
    const std::filesystem::path folder = world::samples() / "scenarios" / GetParam();
    const Scenario told = scenario::read(folder);
    const std::string story = Play(told).tell();
    if (std::getenv("MAILFERRY_UPDATE_SCENARIOS") != nullptr) {
        world::write(folder / "expected.txt", story);
        return;
    }
    EXPECT_EQ(world::read(folder / "expected.txt"), story);
}

INSTANTIATE_TEST_SUITE_P(
    Samples, Scenarios, testing::ValuesIn(names()), [](const auto& parameter) {
        std::string name = parameter.param;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
);

}  // namespace
