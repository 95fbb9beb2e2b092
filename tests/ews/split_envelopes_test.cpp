#include "ews/split_envelopes.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using ews::SplitEnvelopes;

std::vector<std::string> take_all(SplitEnvelopes& split) {
    std::vector<std::string> envelopes;
    while (auto envelope = split.next()) envelopes.push_back(*std::move(envelope));
    return envelopes;
}

const std::vector<std::string> three = {
    R"(<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><b>Gr)"
    "\xC3\xBC"
    R"(n</b></Envelope>)",
    R"(<SOAP:Envelope a="/>" b='</SOAP:Envelope>'><Envelope/><!-- </SOAP:Envelope> --><![CDATA[</x>]]><c/></SOAP:Envelope >)",
    R"(<Envelope><e attribute = "a>b"/></Envelope>)"};

const std::string stream = "\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n" + three[0] + three[1] +
                           "\n<!-- between --> <?xml version=\"1.0\"?>\xEF\xBB\xBF" + three[2] +
                           "\r\n";

TEST(SplitEnvelopes, OneChunkMayHoldSeveral) {
    SplitEnvelopes split;
    ASSERT_TRUE(split.feed(stream));
    EXPECT_EQ(take_all(split), three);
}

TEST(SplitEnvelopes, TheStreamMayBeCutAtEveryByte) {
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        SplitEnvelopes split;
        ASSERT_TRUE(split.feed(std::string_view(stream).substr(0, at)));
        auto envelopes = take_all(split);
        ASSERT_TRUE(split.feed(std::string_view(stream).substr(at)));
        for (auto& envelope : take_all(split)) envelopes.push_back(std::move(envelope));
        ASSERT_EQ(envelopes, three) << "cut at byte " << at;
    }
}

TEST(SplitEnvelopes, OneByteAtATimeIsEnough) {
    SplitEnvelopes split;
    for (const char c : stream) ASSERT_TRUE(split.feed(std::string_view(&c, 1)));
    EXPECT_EQ(take_all(split), three);
}

TEST(SplitEnvelopes, AnUnfinishedEnvelopeIsHeldBack) {
    SplitEnvelopes split;
    ASSERT_TRUE(split.feed("<Envelope><a></Envelope"));
    EXPECT_EQ(split.next(), std::nullopt);
}

TEST(SplitEnvelopes, TheBoundHoldsForOneEnvelopeNotForTheStream) {
    SplitEnvelopes split(64);
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(split.feed("<Envelope><a/></Envelope>\n"));
    const auto fed = split.feed("<Envelope>" + std::string(64, 'x'));
    ASSERT_FALSE(fed);
    EXPECT_EQ(fed.error().code, ews::errc::too_large);
    EXPECT_EQ(take_all(split).size(), 100u);
}

TEST(SplitEnvelopes, SomethingElseIsRefusedAtOnce) {
    for (const char* wrong : {"<html>", "Service Unavailable", "</Envelope>", "{}"}) {
        SplitEnvelopes split;
        const auto fed = split.feed(wrong);
        ASSERT_FALSE(fed) << wrong;
        EXPECT_EQ(fed.error().code, ews::errc::not_ews) << wrong;
    }
}

}  // namespace
