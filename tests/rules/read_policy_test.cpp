#include "rules/read_policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path samples = fs::path(MAILFERRY_SOURCE) / "samples" / "policies";

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

rules::Policy sample(const std::string& name) {
    auto policy = rules::read_policy(content(samples / name));
    if (!policy) {
        ADD_FAILURE() << name << ": " << policy.error().front().text;
        return {};
    }
    return *policy;
}

TEST(ReadPolicy, TheMinimalSampleIsAllDefaults) {
    rules::Policy expected;
    expected.name = "Minimal";
    expected.enabled = true;
    expected.category.name = "Company CRM";
    expected.smart_convert.enabled = true;
    EXPECT_EQ(sample("minimal.xml"), expected);
}

TEST(ReadPolicy, TheTypicalSampleSaysWhatItShows) {
    rules::Policy expected;
    expected.name = "Sales";
    expected.enabled = true;
    expected.category = {"Company CRM", 7};
    expected.own_domains = {"us.example"};
    expected.modules = {rules::RecordKind::opportunity, rules::RecordKind::case_};
    auto& convert = expected.smart_convert;
    convert.enabled = true;
    convert.match.match_leads = true;
    expected.attachments = {.store = true, .summary = true};
    convert.creation.no_create_domains = {"gmail.com", "outlook.com"};
    for (auto* capture : {&expected.inbox, &expected.sent_items}) {
        capture->enabled = true;
        capture->match.match_leads = true;
    }
    EXPECT_EQ(sample("typical.xml"), expected);
}

TEST(ReadPolicy, TheFullSampleWritesEveryOption) {
    rules::Policy expected;
    expected.name = "Support";
    expected.enabled = true;
    expected.category = {"Company CRM", 19};
    expected.own_domains = {"us.example", "us-labs.example"};
    expected.modules = {
        rules::RecordKind::opportunity,
        rules::RecordKind::case_,
        rules::RecordKind::project,
        rules::RecordKind::quote};
    expected.defaults = {
        {rules::RecordKind::opportunity, {{"stage", "First talk"}, {"status", "qualified"}}},
        {rules::RecordKind::case_, {{"priority", "normal"}}}};
    auto& convert = expected.smart_convert;
    convert.enabled = true;
    convert.match.match_leads = true;
    convert.match.match_reply_to = true;
    expected.attachments = {.store = true, .summary = true};
    convert.creation.lead_instead_of_contact = true;
    convert.creation.accounts = false;
    convert.creation.no_create_domains = {"gmail.com"};
    convert.match.several_contacts = rules::SeveralContacts::all;
    convert.retry_missing_matches = true;
    convert.record_per_mailbox = true;
    auto& inbox = expected.inbox;
    inbox.enabled = true;
    inbox.required_category = false;
    inbox.match.match_cc_bcc = false;
    inbox.match.match_leads = true;
    inbox.creation.people = true;
    inbox.creation.no_create_domains = {"gmail.com"};
    auto& sent = expected.sent_items;
    sent.enabled = true;
    sent.match.exclusive_users = false;
    sent.match.several_contacts = rules::SeveralContacts::error;
    auto& schedule = expected.schedule;
    schedule.time_zone = "Europe/Berlin";
    schedule.peak_interval = std::chrono::minutes(10);
    schedule.off_peak_interval = std::chrono::minutes(90);
    schedule.items_per_cycle = 1000;
    using std::chrono::hours;
    schedule.peak = {{{1, 2, 3, 4, 5}, hours(8), hours(18)}, {{6}, hours(9), hours(13)}};
    schedule.blackout = {{{6}, hours(22), hours(6)}, {{7}, hours(12), hours(24)}};
    expected.error_notices = {3, {"admin@us.example", "helpdesk@us.example"}};
    using rules::OnForbidden;
    expected.permission_errors = {
        OnForbidden::ignore, OnForbidden::ignore, OnForbidden::rollback, OnForbidden::retry};
    expected.loop_brakes = {50, 0, std::chrono::minutes(30)};
    EXPECT_EQ(sample("full.xml"), expected);
}

rules::Policy with(const std::string& inner) {
    auto policy = rules::read_policy(
        "<policy xmlns=\"urn:mailferry:policy:1\" name=\" A \n B \"><category name=\"CRM\"/>" +
        inner + "</policy>"
    );
    if (!policy) {
        ADD_FAILURE() << policy.error().front().text;
        return {};
    }
    return *policy;
}

TEST(ReadPolicy, WhiteSpaceIsReadAsTheSchemaReadsIt) {
    const auto policy = with(
        "<smart-convert enabled=\" true \"/><own-domains><domain>\n "
        "@US.example\n</domain></own-domains>"
    );
    EXPECT_EQ(policy.name, "A B");
    EXPECT_TRUE(policy.smart_convert.enabled);
    EXPECT_EQ(policy.own_domains, (std::set<std::string>{"us.example"}));
}

TEST(ReadPolicy, EachSwitchSetsItsOwnOption) {
    EXPECT_FALSE(with("").enabled);
    EXPECT_FALSE(with("").smart_convert.enabled);
    EXPECT_FALSE(with("<smart-convert must-match=\"false\"/>").smart_convert.match.must_match);
    EXPECT_FALSE(with("<smart-convert match-cc-bcc=\"false\"/>").smart_convert.match.match_cc_bcc);
    EXPECT_TRUE(with("<smart-convert match-leads=\"true\"/>").smart_convert.match.match_leads);
    EXPECT_TRUE(with("<smart-convert match-reply-to=\"true\"/>").smart_convert.match.match_reply_to
    );
    EXPECT_TRUE(
        with("<smart-convert delete-after-success=\"true\"/>").smart_convert.purge_after_success
    );
    EXPECT_FALSE(with("<smart-convert><create people=\"false\"/></smart-convert>")
                     .smart_convert.creation.people);
    EXPECT_FALSE(with("<smart-convert><create accounts=\"false\"/></smart-convert>")
                     .smart_convert.creation.accounts);
    EXPECT_TRUE(with("<attachments store=\"true\"/>").attachments.store);
    const auto named = with(
        "<processing-categories complete=\"A\" missing-matches=\"B\" error=\"C\" pending=\"D\"/>"
    );
    EXPECT_EQ(named.categories, (rules::ProcessingCategories{"A", "B", "C", "D"}));
}

TEST(ReadPolicy, TheDefaultsAreThoseOfTheSpecification) {
    const auto policy = with("");
    const auto& drop = policy.smart_convert;
    EXPECT_EQ(
        std::tie(drop.match.must_match, drop.match.match_cc_bcc, drop.match.match_leads),
        std::tuple(true, true, false)
    );
    EXPECT_EQ(
        std::tie(drop.creation.people, drop.creation.lead_instead_of_contact, drop.creation.accounts),
        std::tuple(true, false, true)
    );
    EXPECT_FALSE(drop.purge_after_success);
    EXPECT_EQ(policy.attachments, (rules::AttachmentOptions{false, false}));
    EXPECT_EQ(policy.categories.pending, "Pending");
    EXPECT_EQ(policy.schedule, rules::Schedule{});
    EXPECT_EQ(policy.error_notices, (rules::ErrorNotices{5, {}}));
    EXPECT_EQ(policy.permission_errors, rules::PermissionErrors{});
    EXPECT_EQ(policy.loop_brakes, (rules::LoopBrakes{100, 30, std::chrono::minutes(60)}));
    for (const auto* capture : {&policy.inbox, &policy.sent_items}) {
        EXPECT_FALSE(capture->enabled);
        EXPECT_TRUE(capture->required_category);
        EXPECT_EQ(capture->match, drop.match);
        EXPECT_FALSE(capture->creation.people);
    }
}

TEST(ReadPolicy, InboxAndSentItemsHaveOptionsOfTheirOwn) {
    const auto policy = with(
        "<inbox enabled=\"true\" match-leads=\"true\"/>"
        "<sent-items required-category=\"false\"><create people=\"true\">"
        "<no-create-domain>@x.example</no-create-domain></create></sent-items>"
    );
    EXPECT_TRUE(policy.inbox.enabled);
    EXPECT_TRUE(policy.inbox.match.match_leads);
    EXPECT_TRUE(policy.inbox.required_category);
    EXPECT_FALSE(policy.sent_items.enabled);
    EXPECT_FALSE(policy.sent_items.match.match_leads);
    EXPECT_FALSE(policy.sent_items.required_category);
    EXPECT_TRUE(policy.sent_items.creation.people);
    EXPECT_TRUE(policy.sent_items.creation.accounts);
    EXPECT_EQ(
        policy.sent_items.creation.no_create_domains, (std::set<std::string>{"x.example"})
    );
}

TEST(ReadPolicy, PartsOfTheWeekStandInAnyOrder) {
    const auto policy = with(
        "<loop-brakes minutes=\"5\"/><schedule><blackout days=\"sun\"/><peak days=\"mon\"/>"
        "<blackout days=\"sat\"/><peak days=\"tue\"/></schedule>"
    );
    EXPECT_EQ(policy.schedule.peak.size(), 2U);
    EXPECT_EQ(policy.schedule.blackout.size(), 2U);
}

TEST(ReadPolicy, EveryColourOfOutlookHasItsNumber) {
    const std::vector<std::string> colours{
        "red",       "orange",      "peach",      "yellow",      "green",
        "teal",      "olive",       "blue",       "purple",      "maroon",
        "steel",     "dark-steel",  "grey",       "dark-grey",   "black",
        "dark-red",  "dark-orange", "dark-peach", "dark-yellow", "dark-green",
        "dark-teal", "dark-olive",  "dark-blue",  "dark-purple", "dark-maroon"};
    int index = 0;
    for (const auto& colour : colours) {
        const auto policy = rules::read_policy(
            "<policy xmlns=\"urn:mailferry:policy:1\" name=\"A\"><category name=\"CRM\" colour=\"" +
            colour + "\"/></policy>"
        );
        ASSERT_TRUE(policy.has_value()) << colour;
        EXPECT_EQ(policy->category.colour, index++) << colour;
    }
}

std::vector<fs::path> invalid_samples() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(samples / "invalid"))
        if (entry.path().extension() == ".xml") paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

class InvalidSample : public testing::TestWithParam<fs::path> {};

TEST_P(InvalidSample, IsRefusedWithEveryProblemAtItsPlace) {
    const auto policy = rules::read_policy(content(GetParam()));
    ASSERT_FALSE(policy.has_value());
    std::string told;
    for (const auto& problem : policy.error())
        told += std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
                problem.text + "\n";
    if (std::getenv("MAILFERRY_UPDATE_EXPECTED") != nullptr)
        std::ofstream(GetParam().string() + ".expected", std::ios::binary) << told;
    EXPECT_EQ(told, content(GetParam().string() + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(
    ReadPolicy,
    InvalidSample,
    testing::ValuesIn(invalid_samples()),
    [](const auto& given) { return given.param.stem().string(); }
);

}  // namespace
