// A dry run equals a real run on a copy of the CRM: what is decided and why, what is created and
// what is found to exist already. Held over all mails there are, in shuffled orders, through
// several folders of two mailboxes.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "agent/commands/treat.hpp"
#include "agent/config.hpp"
#include "agent/decision_json.hpp"
#include "agent/file.hpp"
#include "agent/outcome_json.hpp"
#include "crm/embedded/embedded.hpp"
#include "crm/embedded/import.hpp"
#include "crm/embedded/schema.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"

namespace {

using crm::embedded::open_database;
using crm::embedded::open_embedded;
using crm::embedded::Opening;
using crm::overlay::Overlay;
using rules::RecordKind;
using Files = std::vector<std::filesystem::path>;
using Links = std::map<std::string, std::set<std::string>>;  // key of a mail -> CRM ids

const std::filesystem::path samples = std::filesystem::path(MAILFERRY_SOURCE) / "samples";
const std::filesystem::path corpus = std::filesystem::path(MAILFERRY_SHARED) / "corpus";

std::string bytes_of(const std::filesystem::path& file) {
    return agent::read_file(file, std::size_t{1} << 30).value();
}

Files mails_below(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".eml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

/// A mail and where it lies.
struct Drop {
    std::filesystem::path file;
    rules::ItemProperties item;
};

rules::ItemProperties place(std::mt19937& random) {
    const std::vector<std::string> roles{
        "create-new/email", "create-new/opportunity", "inbox", "sent-items"};
    const std::vector<std::string> owners{"anna@us.example", "ben@us.example"};
    rules::ItemProperties item;
    item.role = rules::role(roles[random() % roles.size()]).value();
    item.owner.addresses.push_back(owners[random() % owners.size()]);
    const bool is_captured = item.role.door == rules::Role::Door::inbox ||
                             item.role.door == rules::Role::Door::sent_items;
    if (is_captured) item.categories.emplace_back("Company CRM");
    return item;
}

/// Every mail somewhere, every fourth in a second place too.
std::vector<Drop> shuffled(const Files& files, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<Drop> drops;
    for (std::size_t i = 0; i < files.size(); ++i) {
        drops.push_back({files[i], place(random)});
        if (i % 4 == 0) drops.push_back({files[i], place(random)});
    }
    std::shuffle(drops.begin(), drops.end(), random);
    return drops;
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void import_people(const std::string& file) {
    auto database = open_database(file, Opening::create).value();
    const std::vector<crm::embedded::SourceFile> people{
        {"people.csv", bytes_of(samples / "people.csv")}};
    const auto report = crm::embedded::import_files(database, people, now()).value();
    ASSERT_TRUE(report.problems.empty());
}

/// Writes as ever, but does not wait for the disk: that would be most of the time here.
std::unique_ptr<crm::embedded::Embedded> open_to_write(const std::string& file) {
    auto database = open_database(file, Opening::write).value();
    database.script("PRAGMA synchronous = OFF");
    return std::make_unique<crm::embedded::Embedded>(std::move(database));
}

/// What a CRM holds under keys.
struct Content {
    crm::Known keys;
    Links links;
};

Content content_of(const std::string& file) {
    auto database = open_database(file, Opening::read).value();
    Content content;
    auto keys = database.query("SELECT key, record FROM keys");
    while (keys.next()) content.keys[keys.text(0)] = std::to_string(keys.integer(1));
    auto links = database.query(
        "SELECT keys.key, links.record FROM links JOIN keys ON keys.record = links.mail"
    );
    while (links.next()) content.links[links.text(0)].insert(std::to_string(links.integer(1)));
    EXPECT_FALSE(database.failure());
    return content;
}

/// The decision with its trace, what the CRM has confirmed.
std::string told(const agent::Treated& treated) {
    std::string text = boost::json::serialize(agent::to_json(treated.decision));
    if (treated.archived) text += '\n' + boost::json::serialize(agent::to_json(*treated.archived));
    return text;
}

class DryRun : public testing::Test {
protected:
    /// What has been said about each drop, by both sides.
    struct Told {
        std::string dry, real;
    };

    void expect_equal_runs(
        const std::string& policy, const Files& files, unsigned seed, bool must_create = true
    ) {
        SCOPED_TRACE("policy " + policy + ", seed " + std::to_string(seed));
        policy_ = agent::load_policy(samples / "policies" / (policy + ".xml")).value();
        const auto drops = shuffled(files, seed);
        make_history(drops);
        const auto held = content_of(base_file_);
        const auto base = open_embedded("sqlite:" + base_file_, Opening::read).value();
        Overlay overlay(*base, now);
        const auto told = run_both(drops, overlay);
        const auto real = content_of(real_file_);
        const auto ids = real_ids(overlay, real);
        expect_equal(drops, told, ids);
        expect_created(overlay, held, real);
        expect_known(overlay, real, ids);
        expect_linked(overlay, held, real, ids);
        if (must_create) expect_not_idle(overlay, told);
    }

private:
    static agent::ReadMail read(const Drop& drop) {
        return agent::read_mail(bytes_of(drop.file), drop.item);
    }

    std::string treat(const agent::ReadMail& mail, agent::Target target) {
        return told(agent_test::run(context_, agent::treat(policy_, mail, target)));
    }

    /// Two new CRM files alike, which hold the people and what became of every third drop.
    void make_history(const std::vector<Drop>& drops) {
        const auto number = std::to_string(++runs_);
        base_file_ = folder_.file("base-" + number + ".sqlite");
        real_file_ = folder_.file("real-" + number + ".sqlite");
        import_people(base_file_);
        {
            const auto base = open_to_write(base_file_);
            for (std::size_t i = 0; i < drops.size(); i += 3) treat(read(drops[i]), {*base, *base});
        }
        std::filesystem::copy_file(base_file_, real_file_);
    }

    std::vector<Told> run_both(const std::vector<Drop>& drops, Overlay& overlay) {
        const auto real = open_to_write(real_file_);
        std::vector<Told> all;
        for (const auto& drop : drops) {
            const auto mail = read(drop);
            auto dry = treat(mail, {overlay, overlay});
            all.push_back({std::move(dry), treat(mail, {*real, *real})});
        }
        return all;
    }

    /// For each id of the dry run the one that the real run gave to what has the same key.
    static std::map<std::string, std::string> real_ids(
        const Overlay& overlay, const Content& real
    ) {
        std::map<std::string, std::string> ids;
        const auto add = [&](const std::string& key, const std::string& id) {
            if (const auto found = real.keys.find(key); found != real.keys.end()) {
                ids[id] = found->second;
            }
        };
        for (const auto& created : overlay.created()) add(created.record.key, created.id);
        for (const auto& stored : overlay.stored()) add(stored.key, stored.id);
        return ids;
    }

    static std::string translated(std::string text, const std::map<std::string, std::string>& ids) {
        constexpr std::size_t length = std::string_view("new:00000001").size();
        for (auto at = text.find("new:"); at != std::string::npos; at = text.find("new:", at + 1)) {
            const auto found = ids.find(text.substr(at, length));
            if (found != ids.end()) text.replace(at, length, found->second);
        }
        return text;
    }

    static void expect_equal(
        const std::vector<Drop>& drops,
        const std::vector<Told>& all,
        const std::map<std::string, std::string>& ids
    ) {
        int differences = 0;
        for (std::size_t i = 0; i < all.size() && differences < 3; ++i) {
            const auto dry = translated(all[i].dry, ids);
            if (dry == all[i].real) continue;
            ++differences;
            ADD_FAILURE() << "drop " << i << ", " << drops[i].file << " through "
                          << rules::to_text(drops[i].item.role) << "\ndry:  " << dry
                          << "\nreal: " << all[i].real;
        }
    }

    static void expect_created(const Overlay& overlay, const Content& held, const Content& real) {
        std::set<std::string> dry_keys;
        for (const auto& created : overlay.created()) dry_keys.insert(created.record.key);
        for (const auto& stored : overlay.stored()) {
            if (stored.id.starts_with("new:")) dry_keys.insert(stored.key);
        }
        std::set<std::string> real_keys;
        for (const auto& [key, id] : real.keys) {
            if (!held.keys.contains(key)) real_keys.insert(key);
        }
        EXPECT_EQ(dry_keys, real_keys);
    }

    void expect_known(
        Overlay& overlay, const Content& real, const std::map<std::string, std::string>& ids
    ) {
        std::set<std::string> keys{"no such key"};
        for (const auto& [key, id] : real.keys) keys.insert(key);
        auto known = agent_test::run(context_, overlay.known(keys)).value();
        for (auto& [key, id] : known) id = translated(id, ids);
        EXPECT_EQ(known, real.keys);
    }

    static void expect_linked(
        const Overlay& overlay,
        const Content& held,
        const Content& real,
        const std::map<std::string, std::string>& ids
    ) {
        Links links = held.links;
        for (const auto& stored : overlay.stored()) {
            for (const auto& link : stored.links) {
                links[stored.key].insert(translated(link.id, ids));
            }
        }
        EXPECT_EQ(links, real.links);
    }

    /// A test that meets nobody new and nothing known would prove nothing.
    static void expect_not_idle(const Overlay& overlay, const std::vector<Told>& all) {
        const auto created = overlay.created();
        const auto people = std::ranges::count_if(created, [](const auto& one) {
            return one.record.kind == RecordKind::contact || one.record.kind == RecordKind::lead;
        });
        const auto existed = std::ranges::count_if(all, [](const Told& one) {
            return one.dry.find("\"existed\":true") != std::string::npos;
        });
        EXPECT_GT(people, 0);
        EXPECT_GT(existed, 0);
    }

    agent_test::Folder folder_;
    int runs_ = 0;
    std::string base_file_, real_file_;
    rules::Policy policy_;
    boost::asio::io_context context_;
};

TEST_F(DryRun, EqualsARealRunOnACopyOverTheSamples) {
    const auto files = mails_below(samples / "mail");
    for (const auto* policy : {"typical", "full"}) {
        for (unsigned seed = 1; seed <= 4; ++seed) expect_equal_runs(policy, files, seed);
    }
}

TEST_F(DryRun, EqualsARealRunOnACopyOverRealMails) {
    if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "no corpus in " << corpus;
    auto files = mails_below(corpus);
    const auto own = mails_below(samples / "mail");
    files.insert(files.end(), own.begin(), own.end());
    for (const auto* policy : {"typical", "full"}) {
        for (unsigned seed = 7; seed <= 8; ++seed) expect_equal_runs(policy, files, seed);
    }
}

/// All that one mail creates exists when it comes through the next folder.
TEST_F(DryRun, EqualsARealRunOnACopyOverOneMailManyTimes) {
    const Files files(12, samples / "mail" / "unknown-person-of-unknown-domain.eml");
    for (unsigned seed = 1; seed <= 4; ++seed) expect_equal_runs("full", files, seed, false);
}

}  // namespace
