#include "ews/srv_record.hpp"

#include <gtest/gtest.h>

#include "tests/ews/dns.hpp"

namespace {

using Records = std::vector<ews::SrvRecord>;

ews::Result<Records> read(const std::string& bytes) {
    const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
    return ews::read_srv_answer(exact);
}

Records records(const std::string& bytes) {
    const auto found = read(bytes);
    EXPECT_TRUE(found);
    return found ? *found : Records();
}

TEST(SrvRecord, LowerPriorityComesFirstThenLargerWeight) {
    const auto found = records(dns::answer(
        {dns::srv(10, 5, 443, dns::name("b.example.test")),
         dns::srv(20, 9, 443, dns::name("c.example.test")),
         dns::srv(10, 6, 8443, dns::name("A.example.test"))}
    ));
    const Records expected{
        {10, 6, 8443, "a.example.test"},
        {10, 5, 443, "b.example.test"},
        {20, 9, 443, "c.example.test"}};
    EXPECT_EQ(found, expected);
}

TEST(SrvRecord, CompressedNamesAreReadOut) {
    const auto found = records(dns::answer({dns::srv(0, 0, 443, "\4mail" + dns::domain)}));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].target, "mail.example.test");
}

TEST(SrvRecord, OtherRecordsBetweenAreSkipped) {
    const auto found = records(dns::answer(
        {dns::record(5, dns::name("alias.example.test")),
         dns::srv(0, 0, 443, dns::name("mail.example.test")),
         dns::record(46, "signature")}
    ));
    EXPECT_EQ(found.size(), 1u);
}

TEST(SrvRecord, ADotMeansNotOfferedHere) {
    EXPECT_EQ(records(dns::answer({dns::srv(0, 0, 443, dns::name(""))})), Records());
}

TEST(SrvRecord, ATargetThatIsNoHostNameIsLeftOut) {
    for (const std::string target : {"a/b", "a@b", "a b", "a:1", "\xC3\xBC", "a\nb"})
        EXPECT_EQ(records(dns::answer({dns::srv(0, 0, 443, dns::name(target))})), Records());
    EXPECT_EQ(records(dns::answer({dns::srv(0, 0, 0, dns::name("a.test"))})), Records());
}

TEST(SrvRecord, DataThatIsShorterOrLongerThanItSaysIsLeftOut) {
    const auto cut = dns::record(33, "\0\0\0\0\1");
    const auto more = dns::srv(0, 0, 443, dns::name("a.test") + "x");
    const auto good = dns::srv(0, 0, 443, dns::name("mail.test"));
    EXPECT_EQ(records(dns::answer({cut, more, good})).size(), 1u);
}

TEST(SrvRecord, PointersInACircleEnd) {
    const auto start = 12 + static_cast<unsigned>(dns::question.size());
    const auto to = [](unsigned offset) { return dns::number(0xC000 | offset); };
    EXPECT_FALSE(read(dns::answer({to(start) + dns::number(33)})));
    EXPECT_FALSE(read(dns::answer({to(start + 2) + to(start)})));
    EXPECT_EQ(records(dns::answer({dns::srv(0, 0, 443, "\1a" + to(start + 18))})), Records());
}

TEST(SrvRecord, EveryCutIsNoticed) {
    const auto whole = dns::answer({dns::srv(0, 0, 443, dns::name("mail.example.test"))});
    ASSERT_TRUE(read(whole));
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(read(whole.substr(0, length))) << length;
}

TEST(SrvRecord, AQuestionIsNoAnswer) {
    EXPECT_FALSE(read(dns::answer({}, "id", 0x0100)));
    EXPECT_EQ(records(dns::answer({}, "id", 0x8183)), Records());
}

TEST(SrvRecord, TheNumberOfRecordsIsBounded) {
    const std::vector<std::string> many(500, dns::srv(0, 0, 443, dns::name("mail.example.test")));
    EXPECT_EQ(records(dns::answer(many)).size(), 64u);
}

}  // namespace
