#include "ews/simulator/answer/find_item.hpp"

#include <gtest/gtest.h>

#include "ews/simulator/identifier.hpp"
#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

/// The subjects that a reply names, in its order.
std::string subjects(std::string_view reply) {
    std::string result;
    constexpr std::string_view mark = "<t:Subject>";
    for (auto at = reply.find(mark); at != std::string_view::npos; at = reply.find(mark, at + 1)) {
        if (!result.empty()) result += ' ';
        const auto text = reply.substr(at + mark.size());
        result += text.substr(0, text.find('<'));
    }
    return result;
}

std::string constant(std::string_view value) {
    return fmt::format(
        R"(<t:FieldURIOrConstant><t:Constant Value="{}"/></t:FieldURIOrConstant>)", value
    );
}

std::string field(std::string_view uri) {
    return fmt::format(R"(<t:FieldURI FieldURI="{}"/>)", uri);
}

std::string test(std::string_view operation, std::string_view uri, std::string_view value) {
    return fmt::format("<t:{0}>{1}{2}</t:{0}>", operation, field(uri), constant(value));
}

struct ThreeMails : Office {
    std::string alpha = deliver(mail("alpha"));
    std::string beta = deliver(mail("beta", "<b@example.test>"));
    std::string gamma = deliver(mail("gamma alpha", "<c@example.test>"));

    std::string find(std::string_view restriction) { return subjects(ask(find_item(restriction))); }

    void mark(const std::string& id) {
        const auto key = write_change_key('I', mailbox().find_item(id)->version);
        ask(update_item(item(id, key), set_mark("done")));
    }
};

TEST(SimulatorFindItem, GivesTheNewestFirstUnlessAnOrderIsAsked) {
    ThreeMails office;
    EXPECT_EQ(office.find(""), "gamma alpha beta alpha");
    const auto ordered = [&](std::string_view order) {
        const auto sort = fmt::format(
            R"(<m:SortOrder><t:FieldOrder Order="{}">{}</t:FieldOrder></m:SortOrder>)",
            order,
            field("item:Subject")
        );
        return subjects(office.ask(find_item("", "", sort)));
    };
    EXPECT_EQ(ordered("Ascending"), "alpha beta gamma alpha");
    EXPECT_EQ(ordered("Descending"), "gamma alpha beta alpha");
}

TEST(SimulatorFindItem, GivesPagesThatCoverAll) {
    ThreeMails office;
    const auto page = [&](int offset) {
        return office.ask(find_item(
            "",
            fmt::format(
                R"(<m:IndexedPageItemView MaxEntriesReturned="2" Offset="{}" BasePoint="Beginning"/>)",
                offset
            )
        ));
    };
    EXPECT_EQ(subjects(page(0)), "gamma alpha beta");
    EXPECT_TRUE(has(page(0), R"(TotalItemsInView="3" IncludesLastItemInRange="false")"));
    EXPECT_EQ(between(page(0), "IndexedPagingOffset=\"", "\""), "2");
    EXPECT_EQ(subjects(page(2)), "alpha");
    EXPECT_TRUE(has(page(2), R"(IncludesLastItemInRange="true")"));
}

TEST(SimulatorFindItem, FindsWhatIsNotMarked) {
    ThreeMails office;
    office.mark(office.beta);
    const auto exists = fmt::format("<t:Exists>{}</t:Exists>", mark_uri);
    EXPECT_EQ(office.find(exists), "beta");
    EXPECT_EQ(office.find("<t:Not>" + exists + "</t:Not>"), "gamma alpha alpha");
    const auto equals = fmt::format("<t:IsEqualTo>{}{}</t:IsEqualTo>", mark_uri, constant("done"));
    EXPECT_EQ(office.find(equals), "beta");
}

TEST(SimulatorFindItem, ComparesFields) {
    ThreeMails office;
    EXPECT_EQ(
        office.find(test("IsEqualTo", "message:InternetMessageId", "&lt;b@example.test>")), "beta"
    );
    EXPECT_EQ(office.find(test("IsNotEqualTo", "item:Subject", "beta")), "gamma alpha alpha");
    EXPECT_EQ(office.find(test("IsGreaterThan", "item:Size", "1000000")), "");
    EXPECT_EQ(office.find(test("IsLessThan", "item:DateTimeReceived", "2001-01-01T00:00:00Z")), "");
    EXPECT_EQ(office.find(test("IsEqualTo", "message:IsRead", "1")), "");
}

TEST(SimulatorFindItem, CombinesExpressions) {
    ThreeMails office;
    const auto alpha = test("IsEqualTo", "item:Subject", "alpha");
    const auto beta = test("IsEqualTo", "item:Subject", "BETA");
    EXPECT_EQ(office.find("<t:Or>" + alpha + beta + "</t:Or>"), "beta alpha");
    EXPECT_EQ(office.find("<t:And>" + alpha + beta + "</t:And>"), "");
    EXPECT_EQ(office.find("<t:And>" + alpha + alpha + "</t:And>"), "alpha");
}

TEST(SimulatorFindItem, KnowsHowTextIsContained) {
    ThreeMails office;
    const auto contains = [&](std::string_view mode, std::string_view comparison, const char* text
                          ) {
        return office.find(fmt::format(
            R"(<t:Contains ContainmentMode="{}" ContainmentComparison="{}">{}<t:Constant Value="{}"/>)"
            "</t:Contains>",
            mode,
            comparison,
            field("item:Subject"),
            text
        ));
    };
    EXPECT_EQ(contains("Substring", "IgnoreCase", "ALPHA"), "gamma alpha alpha");
    EXPECT_EQ(contains("Substring", "Exact", "ALPHA"), "");
    EXPECT_EQ(contains("Prefixed", "IgnoreCase", "alp"), "alpha");
    EXPECT_EQ(contains("FullString", "IgnoreCase", "Gamma Alpha"), "gamma alpha");
    EXPECT_EQ(contains("PrefixOnWords", "IgnoreCase", "alp"), "gamma alpha alpha");
    EXPECT_EQ(contains("ExactPhrase", "IgnoreCase", "alp"), "");
}

TEST(SimulatorFindItem, RefusesARestrictionThatItCannotDo) {
    ThreeMails office;
    const auto unknown = fmt::format("<t:Excludes>{}</t:Excludes>", field("item:Size"));
    EXPECT_EQ(codes(office.ask(find_item(unknown))), "ErrorUnsupportedPathForQuery");
    std::string deep, end;
    for (auto i = 0; i < 100; ++i) {
        deep += "<t:Not>";
        end += "</t:Not>";
    }
    const auto nested = deep + test("IsEqualTo", "item:Subject", "x") + end;
    EXPECT_EQ(codes(office.ask(find_item(nested))), "ErrorRestrictionTooComplex");
}

}  // namespace
