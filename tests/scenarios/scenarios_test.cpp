// Runs every folder of samples/scenarios: whole mails from the drop folder of a simulated Exchange through the real
// agent into an embedded CRM, and compares the story with expected.txt.
// MAILFERRY_UPDATE_SCENARIOS=1 writes expected.txt instead; read the difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <variant>

#include "agent/decide.hpp"
#include "tests/scenarios/other_server.hpp"
#include "tests/scenarios/scenario.hpp"
#include "tests/scenarios/story.hpp"
#include "tests/scenarios/world.hpp"

namespace {

bool ntlm_was_used = false;

}  // namespace

/// Asked by LeakSanitizer at the end of the process, which ctest makes for each test: gss-ntlmssp 1.2
/// loses memory with every password that it reads.
extern "C" int __lsan_is_turned_off() { return ntlm_was_used ? 1 : 0; }

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

/// Plays the events one after the other and writes down what they lead to.
class Play {
public:
    explicit Play(const Scenario& told, const scenario::OtherServer* other = nullptr)
        : told_(told),
          tells_of_categories_(other == nullptr),
          world_(
              told.policy,
              told.people,
              told.mailboxes,
              other == nullptr ? ews::simulator::Options() : other->options()
          ) {
        const std::string to_reach_it = other == nullptr ? "" : other->attributes();
        world_.configure(world_.exchange.url(), "settle-ms=\"0\" " + to_reach_it);
        for (const auto& record : world_.records()) known_.insert(record.id);
        for (const scenario::Arrival& mail : told.before) put(mail.mailbox, mail.folder, mail.mail, mail.categories);
        if (told.observe) {  // the drop folders are there: the agent has run before
            world_.start();
            world_.listen();
            world_.stop();
        }
        start();
    }

    std::string tell() {
        for (const scenario::Event& event : told_.events) {
            std::visit([this](const auto& one) { play(one); }, event);
        }
        world_.stop();
        if (told_.observe) text_ += "== The log\n" + observed() + "\n";
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
    /// Until every mailbox listens, or rests because nothing is to be watched.
    void start() {
        world_.start(told_.observe ? agent::Mode::observe : agent::Mode::act);
        world_.listen();
    }

    std::string put(
        const std::string& mailbox,
        const std::string& folder,
        const std::filesystem::path& file,
        const std::vector<std::string>& categories
    ) {
        const std::string mime = world::read(file);
        sent_.insert(mime);
        const std::size_t before = world_.readings();
        const std::string item = world_.exchange.deliver(mailbox, folder, mime);
        if (!categories.empty()) world_.exchange.categorise(mailbox, item, categories);
        if (world_.service) world_.settle_after(mailbox, folder, before);
        return item;
    }

    /// The mail that lies there since an earlier event, else one that comes to lie there.
    std::string find_or_put(
        const std::string& mailbox,
        const std::string& folder,
        const std::filesystem::path& file,
        const std::vector<std::string>& categories
    ) {
        const std::string mime = world::read(file);
        for (const auto& item : world_.exchange.items(mailbox, folder)) {
            if (item.mime == mime) return item.id;
        }
        return put(mailbox, folder, file, categories);
    }

    /// What has become of the mails that the agent has taken, or looked at again, since the last event.
    std::string news() {
        world_.settle();
        std::string text;
        for (const agent::Job& job : world_.jobs()) {
            if (seen_[job.id] == job.changed) continue;
            seen_[job.id] = job.changed;
            const bool dropped = job.role.door == rules::Role::Door::create_new;
            text += (dropped ? "" : "through " + to_text(job.role) + ", ") + scenario::decided(job);
        }
        return text.empty() ? "nothing is done\n" : text;
    }

    void tell_of(const std::string& what) {
        text_ += "== " + what + "\n" + (told_.observe ? "" : news()) + "\n";
        if (told_.observe) world_.settle();
    }

    void play(const Drop& drop) {
        const std::string item = find_or_put(drop.mailbox, drop.from, drop.mail, drop.categories);
        const std::size_t before = world_.readings();
        if (drop.copy) {
            world_.exchange.copy(drop.mailbox, item, drop.into);
        } else {
            world_.exchange.move(drop.mailbox, item, drop.into);
        }
        world_.settle_after(drop.mailbox, drop.into, before);
        tell_of(
            drop.mailbox + (drop.copy ? " copies " : " drops ") + drop.mail.filename().string() + " into '" +
            drop.into + "'"
        );
    }

    void play(const scenario::Arrival& arrival) {
        put(arrival.mailbox, arrival.folder, arrival.mail, arrival.categories);
        tell_of(
            arrival.mail.filename().string() + " comes to lie in " + arrival.folder + " of " + arrival.mailbox
        );
    }

    void play(const scenario::Categorising& change) {
        const std::string mime = world::read(change.mail);
        std::string said;
        for (const auto& item : world_.exchange.items(change.mailbox, change.folder)) {
            if (item.mime != mime) continue;
            std::vector<std::string> categories = item.categories;
            for (const std::string& one : change.changes) {
                said += " " + one;
                std::erase(categories, one.substr(1));
                if (one.starts_with('+')) categories.push_back(one.substr(1));
            }
            const std::size_t before = world_.readings();
            world_.exchange.categorise(change.mailbox, item.id, categories);
            if (!tells_of_categories_) world_.forget_listeners();
            world_.settle_after(change.mailbox, change.folder, before);
        }
        if (said.empty()) throw std::runtime_error("categorise: there is no such mail in " + change.folder);
        tell_of(change.mailbox + " changes the categories of " + change.mail.filename().string() + ":" + said);
    }

    void play(const scenario::Reading& reading) {
        const std::string item = find_or_put(reading.mailbox, reading.folder, reading.mail, {});
        world_.exchange.mark_read(reading.mailbox, item);
        tell_of(reading.mailbox + " reads " + reading.mail.filename().string());
    }

    void play(const scenario::Import& import) {
        world_.import(import.file);
        for (const auto& record : world_.records()) {
            if (imported_.insert(record.id).second) known_.insert(record.id);
        }
        text_ += "== An admin imports " + import.file.filename().string() + "\n\n";
    }

    void play(const scenario::Restart&) {
        world_.stop();
        start();
        tell_of("The agent is started again");
    }

    void play(const scenario::NewPolicy& policy) {
        const std::filesystem::path file = world_.folder.path / "policy.xml";
        world::write(file, world::read(policy.file));
        world_.log.clear();
        world_.service->reload();
        if (world_.logged("error invalid") == 0) world_.pump([this] { return world_.logged("info reloaded") == 1; });
        world_.listen();
        text_ += "== The policy becomes " + policy.file.filename().string() + "\n";
        for (std::string line : world_.log) {
            const auto place = line.find(world_.folder.path.string());
            if (!line.starts_with("error invalid")) continue;
            text_ += line.erase(place, world_.folder.path.string().size() + 1) + "\n";
        }
        if (!told_.observe) {
            const std::string told = news();
            if (told != "nothing is done\n") text_ += told;
        }
        text_ += "\n";
    }

    void play(const scenario::Explanation& explanation) {
        const auto policy = agent::load_policy(world_.folder.path / "policy.xml");
        const auto role = rules::role(explanation.role);
        ASSERT_TRUE(policy && role);
        const agent::ReadMail read = agent::read_mail(
            world::read(explanation.mail), {{{explanation.mailbox}}, *role, explanation.categories}
        );
        auto crm = crm::embedded::open_embedded(world_.crm_url(), crm::embedded::Opening::read);
        ASSERT_TRUE(crm);
        auto decision = boost::asio::co_spawn(
            world_.context, agent::decide(*policy, read, **crm), boost::asio::use_future
        );
        world_.pump([&decision] {
            return decision.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        });
        text_ += "== Explained for " + explanation.mailbox + ", nothing done: " +
                 explanation.mail.filename().string() + " in " + explanation.role + "\n" + rules::explain(*decision.get()) + "\n";
    }

    /// The lines that say what would have been done.
    std::string observed() const {
        std::string text;
        for (const std::string& line : world_.log) {
            if (line.starts_with("info would-")) text += line.substr(5) + "\n";
        }
        return text;
    }

    const Scenario& told_;
    const bool tells_of_categories_;  ///< the server; else they are found at the next gap
    world::World world_;
    std::set<std::string> known_, imported_, sent_;
    std::map<std::int64_t, agent::Time> seen_;  ///< by job: Job::changed, when it was last told
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

TEST_P(Scenarios, EndAsExpectedByNtlmAndWithGrommunio) {
    if (!scenario::OtherServer::is_possible()) GTEST_SKIP() << "gss-ntlmssp is not installed";
    ntlm_was_used = true;
    const scenario::OtherServer server;
    const std::filesystem::path folder = world::samples() / "scenarios" / GetParam();
    const Scenario told = scenario::read(folder);
    const std::string story = Play(told, &server).tell();
    const std::filesystem::path own = folder / "expected-grommunio.txt";
    const std::string usual = scenario::OtherServer::without_bytes(world::read(folder / "expected.txt"));
    if (std::getenv("MAILFERRY_UPDATE_SCENARIOS") != nullptr) {
        std::filesystem::remove(own);
        if (story != usual) world::write(own, story);
        return;
    }
    EXPECT_EQ(std::filesystem::exists(own) ? world::read(own) : usual, story);
}

INSTANTIATE_TEST_SUITE_P(
    Samples, Scenarios, testing::ValuesIn(names()), [](const auto& parameter) {
        std::string name = parameter.param;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
);

}  // namespace
