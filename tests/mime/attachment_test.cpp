#include "mime/attachment.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "mime/limits.hpp"

TEST(Attachment, DecodesWhole) {
    mime::Attachment attachment;
    attachment.raw = "SGVsbG8=";
    attachment.encoding = mime::TransferEncoding::base64;
    EXPECT_EQ(mime::decode(attachment), "Hello");
}

TEST(Attachment, SlicesAreBoundedAndMakeTheWhole) {
    std::string raw;
    for (int i = 0; i < 60'000; ++i) raw += i % 20 == 19 ? "QUJD\r\n" : "QUJD";
    mime::Attachment attachment;
    attachment.raw = raw;
    attachment.encoding = mime::TransferEncoding::base64;
    std::string joined;
    std::size_t longest = 0;
    const auto count = mime::decode(attachment, [&](std::string_view slice) {
        longest = std::max(longest, slice.size());
        joined += slice;
    });
    EXPECT_EQ(joined, mime::decode(attachment));
    EXPECT_EQ(count, (mime::Decoding{180'000, 0}));
    EXPECT_LE(longest, mime::limits::slice);
}

TEST(Attachment, BlanksHeldBackOverSlicesComeInBoundedSlicesToo) {
    const std::string raw = std::string(300'000, ' ') + "x";
    mime::Attachment attachment;
    attachment.raw = raw;
    attachment.encoding = mime::TransferEncoding::quoted_printable;
    std::size_t longest = 0;
    const auto take = [&](std::string_view slice) { longest = std::max(longest, slice.size()); };
    EXPECT_EQ(mime::decode(attachment, take), (mime::Decoding{raw.size(), 0}));
    EXPECT_LE(longest, mime::limits::slice);
}

TEST(Attachment, WhatDoesNotBelongIsCounted) {
    mime::Attachment attachment;
    attachment.raw = "SGVs*bG8=";
    attachment.encoding = mime::TransferEncoding::base64;
    std::string bytes;
    const auto decoding = mime::decode(attachment, [&](std::string_view slice) { bytes += slice; });
    EXPECT_EQ(bytes, "Hello");
    EXPECT_EQ(decoding, (mime::Decoding{5, 1}));
}
