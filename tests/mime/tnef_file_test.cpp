#include "mime/tnef_file.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/tnef_writer.hpp"

using mime::tnef_file;
using mime::TnefDraft;
namespace tnef = fakes::tnef;

namespace {

/// An attachment without bytes and with these properties; they are kept, as views need them.
class Draft {
public:
    explicit Draft(std::initializer_list<std::string> properties, std::string_view title = "")
        : bytes_(tnef::properties(properties)) {
        draft_.data = "";
        draft_.title = title;
        EXPECT_EQ(draft_.properties.add(bytes_), "");
    }
    mime::TnefFile file() const { return tnef_file(draft_, 1252).value(); }

private:
    std::string bytes_;
    TnefDraft draft_;
};

std::string name_of(const Draft& draft) {
    return draft.file().filename.value_or("none");
}
std::string type_of(const std::string& mime_tag) {
    return Draft({tnef::string8(0x370E, mime_tag)}).file().content_type;
}
std::string id_of(const std::string& id) {
    return Draft({tnef::string8(0x3712, id)}).file().content_id.value_or("none");
}

}  // namespace

TEST(TnefFile, NamesInTheOrderOfTheirWorth) {
    const auto long_name = tnef::unicode(0x3707, u"Größe.pdf"), name = tnef::string8(0x3704, "8.3");
    const auto display = tnef::string8(0x3001, "display");
    EXPECT_EQ(name_of(Draft({display, name, long_name}, "title")), "Größe.pdf");
    EXPECT_EQ(name_of(Draft({display, name}, "title")), "8.3");
    EXPECT_EQ(name_of(Draft({display}, "t\xEFtle")), "tïtle");
    EXPECT_EQ(name_of(Draft({display})), "display");
    EXPECT_EQ(name_of(Draft({})), "none");
    TnefDraft draft;
    draft.data = "";
    draft.transport_filename = "transport";
    EXPECT_EQ(tnef_file(draft, 0)->filename, "transport");
}

TEST(TnefFile, AMessageIsCalledByItsSubject) {
    const auto file =
        Draft({tnef::message(""), tnef::string8(0x3001, "Gate times"), tnef::string8(0x3707, "x")});
    EXPECT_EQ(name_of(file), "Gate times");
    EXPECT_EQ(file.file().content_type, mime::tnef_type);
}

TEST(TnefFile, NamesEndWithTheirNul) {
    EXPECT_EQ(name_of(Draft({}, std::string_view("a.pdf\0.exe", 10))), "a.pdf");
    EXPECT_EQ(name_of(Draft({tnef::unicode(0x3707, std::u16string_view(u"a\0b", 3))})), "a");
}

TEST(TnefFile, WhatIsNoMediaTypeIsNotTaken) {
    EXPECT_EQ(type_of("Image/PNG"), "image/png");
    EXPECT_EQ(type_of("application/vnd.ms-excel"), "application/vnd.ms-excel");
    for (const auto* const wrong :
         {"", "pdf", "/pdf", "a/", "a/b/c", "text/plain; x", "a/b\r\nX: y"})
        EXPECT_EQ(type_of(wrong), "application/octet-stream") << wrong;
}

TEST(TnefFile, ContentIdsLoseTheirBrackets) {
    EXPECT_EQ(id_of("<green@acme.example>"), "green@acme.example");
    EXPECT_EQ(id_of("green@acme.example"), "green@acme.example");
    EXPECT_EQ(id_of("<green"), "<green");
    EXPECT_EQ(id_of("<>"), "none");
    EXPECT_EQ(id_of(""), "none");
}

TEST(TnefFile, PropertiesHoldBytesBeforeTheAttribute) {
    EXPECT_EQ(Draft({tnef::binary(0x3701, "%PDF")}).file().bytes, "%PDF");
    EXPECT_EQ(Draft({tnef::binary(0x3701, "")}).file().bytes, "");
    EXPECT_FALSE(tnef_file(TnefDraft(), 0));
}

TEST(TnefFile, InlineIsWhatTheBodyDrawsOrWhatIsHidden) {
    const auto hidden = [](std::uint32_t yes) {
        return tnef::tag(0x7FFE, 0x000B) + tnef::u32(yes);
    };
    EXPECT_TRUE(Draft({tnef::number(0x3714, 4)}).file().is_inline);
    EXPECT_TRUE(Draft({hidden(1)}).file().is_inline);
    EXPECT_FALSE(Draft({tnef::number(0x3714, 3), hidden(0)}).file().is_inline);
}

TEST(TnefFile, InlineIsWhatTheHtmlShows) {
    std::vector<mime::TnefFile> files(4);
    files[0].content_id = "a";
    files[1].content_id = "b@acme.example";
    files[2].content_id = "c";
    mark_shown(files, "<img src=\"cid:a\"><img src=cid:b@acme.example>cid:cc cid:");
    std::string seen;
    for (const auto& file : files) seen += file.is_inline ? '1' : '0';
    EXPECT_EQ(seen, "1100");
}
