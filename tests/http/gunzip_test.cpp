#include "http/gunzip.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace {

using http::errc;

constexpr std::size_t limit = 10'000'000;

/// @param flush  behind each part, so that it can be unpacked before the next has come
std::string pack(const std::vector<std::string>& parts, int flush = Z_NO_FLUSH) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed;
    std::size_t largest = 100;
    for (std::size_t i = 0; i <= parts.size(); ++i) {
        std::string text = i < parts.size() ? parts[i] : "";
        largest += 2 * text.size();
        std::string out(largest, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(text.data());
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        deflate(&stream, i < parts.size() ? flush : Z_FINISH);
        packed.append(out, 0, out.size() - stream.avail_out);
    }
    deflateEnd(&stream);
    return packed;
}

std::string pack(const std::string& text) {
    return pack(std::vector<std::string>{text});
}

http::Result<std::string> unpack(const std::string& packed, std::size_t most = limit) {
    return http::gunzip(packed, most, "https://mail.example:443");
}

std::string long_text() {
    std::string text;
    for (int i = 0; i < 60'000; ++i) text += std::to_string(i * 7919) + ",";
    return text;
}

TEST(Gunzip, WhatWasPackedComesOut) {
    for (const std::string& text : {std::string(), std::string("hello"), long_text()}) {
        const auto unpacked = unpack(pack(text));
        ASSERT_TRUE(unpacked) << unpacked.error().text;
        EXPECT_TRUE(*unpacked == text) << unpacked->size();
    }
}

TEST(Gunzip, AnEmptyAnswerIsEmpty) {
    EXPECT_EQ(unpack("").value(), "");
}

TEST(Gunzip, SeveralMembersAreOneText) {
    EXPECT_EQ(unpack(pack("one ") + pack("") + pack("two")).value(), "one two");
}

TEST(Gunzip, PiecesOfAnySizeGiveTheSame) {
    const std::string text = long_text();
    const std::string packed = pack(text) + pack("end");
    for (const std::size_t size : {1U, 7U, 4096U}) {
        http::Gunzip unpacking(limit, "server");
        std::string all;
        for (std::size_t at = 0; at < packed.size(); at += size) {
            all += unpacking.feed(std::string_view(packed).substr(at, size)).value();
        }
        EXPECT_TRUE(unpacking.end());
        EXPECT_TRUE(all == text + "end") << size;
    }
}

TEST(Gunzip, WhatTheServerHasFlushedComesOutAtOnce) {
    const std::string whole = pack({"event one", "event two"}, Z_SYNC_FLUSH);
    const std::string first = pack({"event one"}, Z_SYNC_FLUSH);
    const std::size_t flushed = whole.find(std::string("\0\0\xff\xff", 4)) + 4;
    ASSERT_EQ(whole.substr(0, flushed), first.substr(0, flushed));
    http::Gunzip unpacking(limit, "server");
    EXPECT_EQ(unpacking.feed(std::string_view(whole).substr(0, flushed)).value(), "event one");
    EXPECT_EQ(unpacking.feed(std::string_view(whole).substr(flushed)).value(), "event two");
    EXPECT_TRUE(unpacking.end());
}

TEST(Gunzip, WhereverItIsCutSomethingIsMissing) {
    const std::string packed = pack("hello hello hello");
    for (std::size_t size = 1; size < packed.size(); ++size) {
        const auto unpacked = unpack(packed.substr(0, size));
        ASSERT_FALSE(unpacked) << size;
        EXPECT_EQ(unpacked.error().code, errc::closed);
        EXPECT_EQ(
            unpacked.error().text,
            "https://mail.example:443: the answer was cut: its gzip data ends before its end mark"
        );
    }
}

TEST(Gunzip, ABombStopsAtTheLimit) {
    const std::string packed = pack(std::string(5'000'000, 'x'));
    ASSERT_LT(packed.size(), 10'000U);
    const auto unpacked = unpack(packed, 4'999'999);
    ASSERT_FALSE(unpacked);
    EXPECT_EQ(unpacked.error().code, errc::too_large);
    EXPECT_EQ(
        unpacked.error().text,
        "https://mail.example:443: the answer is larger than the limit of 4999999 bytes"
    );
    EXPECT_EQ(unpack(packed, 5'000'000).value().size(), 5'000'000U);
    EXPECT_EQ(unpack(packed, static_cast<std::size_t>(-1)).value().size(), 5'000'000U);
}

TEST(Gunzip, TheLimitIsForAllPiecesAndMembersTogether) {
    EXPECT_EQ(unpack(pack("123") + pack("45"), 5).value(), "12345");
    EXPECT_EQ(unpack(pack("123") + pack("456"), 5).error().code, errc::too_large);
    EXPECT_EQ(unpack(pack(""), 0).value(), "");
    http::Gunzip unpacking(5, "server");
    EXPECT_EQ(unpacking.feed(pack("123")).value(), "123");
    EXPECT_EQ(unpacking.feed(pack("456")).error().code, errc::too_large);
}

TEST(Gunzip, WhatIsNoGzipIsToldAsThat) {
    for (const std::string text : {"<html>login</html>", "\x78\x9c zlib, not gzip"}) {
        const auto unpacked = unpack(text);
        ASSERT_FALSE(unpacked);
        EXPECT_EQ(unpacked.error().code, errc::protocol);
        EXPECT_EQ(
            unpacked.error().text,
            "https://mail.example:443: the answer cannot be unpacked, its gzip data is damaged: "
            "incorrect header check"
        );
    }
}

TEST(Gunzip, AWrongChecksumIsDamage) {
    std::string packed = pack("hello");
    packed[packed.size() - 8] = static_cast<char>(packed[packed.size() - 8] ^ 1);
    const auto unpacked = unpack(packed);
    ASSERT_FALSE(unpacked);
    EXPECT_TRUE(unpacked.error().text.ends_with("damaged: incorrect data check"))
        << unpacked.error().text;
}

TEST(Gunzip, GarbageBehindTheEndIsToldAsThat) {
    for (const std::string garbage : {"garbage", "\r\n\r\n"}) {
        const auto unpacked = unpack(pack("hello") + garbage);
        ASSERT_FALSE(unpacked);
        EXPECT_EQ(unpacked.error().code, errc::protocol);
        EXPECT_EQ(
            unpacked.error().text,
            "https://mail.example:443: the answer cannot be unpacked: behind the end of its gzip "
            "data stand bytes that are no gzip"
        );
    }
}

}  // namespace
