#include "mime/tnef.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "mime/charset.hpp"
#include "mime/limits.hpp"
#include "tests/fakes/tnef_writer.hpp"

using mime::read_tnef;
using Problems = std::vector<std::string>;
using namespace fakes::tnef;

namespace {

/// Everything that was read, one line a thing; messages within messages are indented.
std::string shown(const mime::Tnef& tnef, const std::string& indent = "") {
    std::string all;
    const auto line = [&](std::string_view name, const std::optional<std::string>& value) {
        if (value) all += fmt::format("{}{}: {}\n", indent, name, *value);
    };
    line("subject", tnef.subject);
    line("text", tnef.text);
    line("html", tnef.html);
    for (const auto& file : tnef.files) {
        all += fmt::format("{}{}", indent, file.is_inline ? "inline" : "file");
        if (file.filename) all += fmt::format(" '{}'", *file.filename);
        all += " " + file.content_type;
        if (file.content_id) all += fmt::format(" <{}>", *file.content_id);
        all += file.message.empty() ? fmt::format(": {}\n", file.bytes) : "\n";
        for (const auto& message : file.message) all += shown(message, indent + "  ");
    }
    for (const auto& problem : tnef.problems) line("problem", problem);
    return all;
}

std::string shown(std::initializer_list<std::string> attributes) {
    const auto bytes = stream(attributes);
    return shown(read_tnef(bytes));
}

/// Leaves what has to be valid UTF-8.
void forget_bytes(mime::Tnef& tnef) {
    for (auto& file : tnef.files) {
        file.bytes = {};
        for (auto& message : file.message) forget_bytes(message);
    }
}

const std::string pdf = "application/octet-stream: %PDF\n";

/// A stream with something of everything.
std::string rich(int depth = 0) {
    const auto html = "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1{\\*\\htmltag <b>}Gr\\'fc\\u223?e}";
    auto within = depth == 0 ? binary(0x3701, "deep") : message(rich(depth - 1));
    return stream(
        {code_page(1252),
         of_message(0x00018004, std::string("plain subject\0", 14)),
         message_properties(
             {unicode(0x0037, u"Offer"),
              number(0x3FDE, 65001),
              tag(0x8001, 0x001F) + std::string(16, 'g') + u32(1) + value(utf16(u"Keywords")) +
                  u32(1) + value(utf16(u"x")),
              tag(0x1234, 0x1003) + u32(2) + u32(1) + u32(2),
              binary(0x1009, compressed_rtf(html))}
         ),
         attachment(),
         title("short.pdf"),
         data("%PDF"),
         attachment_properties(
             {unicode(0x3707, u"längerer Name.pdf"), string8(0x370E, "application/pdf")}
         ),
         attachment(),
         attachment_properties({string8(0x3001, "attached"), std::move(within)})}
    );
}

}  // namespace

TEST(Tnef, AttributesAlone) {
    EXPECT_EQ(
        shown(
            {of_message(0x00018004, std::string("Offer\0", 6)),
             of_message(0x0002800C, std::string("one\r\ntwo\0", 9)),
             attachment(),
             title("offer.pdf"),
             data("%PDF"),
             attachment(),
             of_attachment(0x00069001, std::string("two.txt\0", 8)),
             data("")}
        ),
        "subject: Offer\ntext: one\ntwo\nfile 'offer.pdf' " + pdf +
            "file 'two.txt' application/octet-stream: \n"
    );
}

TEST(Tnef, PropertiesCountMoreThanAttributes) {
    EXPECT_EQ(
        shown(
            {of_message(0x00018004, "S"),
             of_message(0x0002800C, "T"),
             message_properties({unicode(0x0037, u"Subject"), unicode(0x1000, u"Text")}),
             attachment(),
             title("A~1.PDF"),
             data("old"),
             attachment_properties(
                 {string8(0x3704, "B~1.PDF"), unicode(0x3707, u"Größe.pdf"), binary(0x3701, "%PDF")}
             )}
        ),
        "subject: Subject\ntext: Text\nfile 'Größe.pdf' " + pdf
    );
}

TEST(Tnef, WhatTheHtmlShowsIsInline) {
    const auto file = [](const std::string& id) {
        return attachment() + data("") + attachment_properties({string8(0x3712, id)});
    };
    EXPECT_EQ(
        shown(
            {message_properties({string8(0x1013, "<img src='cid:a@x.example'>")}),
             file("a@x.example"),
             file("b@x.example")}
        ),
        "html: <img src='cid:a@x.example'>\n"
        "inline application/octet-stream <a@x.example>: \n"
        "file application/octet-stream <b@x.example>: \n"
    );
}

TEST(Tnef, EightBitStringsAreInTheCodePageOfTheMessage) {
    const auto properties = message_properties({string8(0x0037, "\xD1\xEA"), number(0x3FFD, 1253)});
    const auto file = attachment() + title("\xE0.txt") + data("");
    EXPECT_EQ(
        shown({code_page(1251), properties, file}),
        "subject: Ск\nfile 'а.txt' application/octet-stream: \n"
    );
    EXPECT_EQ(shown({properties, file}), "subject: Ρκ\nfile 'ΰ.txt' application/octet-stream: \n");
    EXPECT_EQ(shown({of_message(0x00018004, "\xE4")}), "subject: ä\n");
}

TEST(Tnef, HtmlInBytesIsInTheInternetCodePage) {
    EXPECT_EQ(
        shown(
            {code_page(1252),
             message_properties(
                 {binary(0x1013, std::string("<b>\xD3\xCB\r\n</b>\0\0", 13)), number(0x3FDE, 20866)}
             )}
        ),
        "html: <b>ск\n</b>\n"
    );
    EXPECT_EQ(shown({message_properties({unicode(0x1013, u"<b>ж</b>")})}), "html: <b>ж</b>\n");
    EXPECT_EQ(
        shown({message_properties({binary(0x1013, "\xE4"), number(0x3FDE, 4711)})}),
        "html: ä\nproblem: HTML body: no charset is named; read as windows-1252\n"
    );
}

TEST(Tnef, HtmlFromRtf) {
    const auto bytes = rich();
    const auto tnef = read_tnef(bytes);
    EXPECT_EQ(
        shown(tnef),
        "subject: Offer\nhtml: <b>Grüße\nfile 'längerer Name.pdf' application/pdf: %PDF\n"
        "file 'attached' application/octet-stream: deep\n"
    );
    EXPECT_EQ(tnef.rtf->substr(0, 6), "{\\rtf1");
}

TEST(Tnef, TextFromRtfOnlyWhereThereIsNone) {
    const auto rtf = binary(0x1009, compressed_rtf("{\\rtf1\\ansi from RTF}"));
    EXPECT_EQ(shown({message_properties({rtf})}), "text: from RTF\n");
    EXPECT_EQ(shown({message_properties({rtf, unicode(0x1000, u"own")})}), "text: own\n");
    EXPECT_EQ(
        shown({message_properties({binary(0x1009, "no RTF")})}),
        "problem: RTF body: compressed RTF without a whole header\n"
    );
}

TEST(Tnef, AttachedMessagesAreReadWithTheirFiles) {
    const auto inner = stream(
        {code_page(1251),
         message_properties({string8(0x0037, "\xD1\xEA")}),
         attachment(),
         title("inner.pdf"),
         data("%PDF")}
    );
    const auto outer = stream(
        {message_properties({unicode(0x0037, u"Fw")}),
         attachment(),
         title("Untitled Attachment"),
         attachment_properties({unicode(0x3001, u"Gate times"), message(inner)})}
    );
    const auto tnef = read_tnef(outer);
    EXPECT_EQ(
        shown(tnef),
        "subject: Fw\nfile 'Gate times' application/ms-tnef\n"
        "  subject: Ск\n  file 'inner.pdf' " +
            pdf
    );
    EXPECT_EQ(tnef.files.at(0).bytes, inner);
}

TEST(Tnef, OtherObjectsAreFilesAsTheyStand) {
    auto ole = message("storage");
    ole[12] = '\x0B';
    EXPECT_EQ(
        shown({attachment(), title("Chart"), attachment_properties({ole})}),
        "file 'Chart' application/octet-stream: storage\n"
    );
}

TEST(Tnef, WithoutDataThereIsNoFile) {
    EXPECT_EQ(
        shown({attachment(), title("link.url"), attachment(), title("a.pdf"), data("%PDF")}),
        "file 'a.pdf' " + pdf + "problem: attachment 1: holds no data and is left out\n"
    );
}

TEST(Tnef, ProblemsOfPropertiesSayWhere) {
    EXPECT_EQ(
        shown(
            {message_properties({tag(0x1234, 0x00FD)}),
             attachment(),
             data("%PDF"),
             attachment_properties({string8(0x3707, "a.pdf"), "????"})}
        ),
        "file 'a.pdf' " + pdf +
            "problem: message: property 1 of 1 (0x1234): unknown type 0x00FD\n"
            "problem: attachment 1: property 2 of 2 (0x3F3F): unknown type 0x3F3F\n"
    );
}

TEST(Tnef, MessagesAreOpenedToABound) {
    const auto bytes = rich(20);
    auto tnef = read_tnef(bytes);
    std::size_t depth = 0;
    const auto* level = &tnef;
    while (!level->files.at(1).message.empty()) {
        level = &level->files.at(1).message.at(0);
        ++depth;
    }
    EXPECT_EQ(depth, mime::limits::tnef_depth);
    EXPECT_EQ(level->problems, Problems({"message: those attached deeper are not opened"}));
    EXPECT_EQ(level->files.at(1).content_type, "application/ms-tnef");
}

TEST(Tnef, AttachmentsAreReadToABoundAllMessagesTogether) {
    std::string many;
    for (std::size_t i = 0; i < mime::limits::parts; ++i) many += attachment() + data("");
    const auto inner = attachment() + attachment_properties({message(stream({many}))});
    const auto bytes = stream({inner});
    const auto tnef = read_tnef(bytes);
    const auto& message = tnef.files.at(0).message.at(0);
    EXPECT_EQ(message.files.size(), mime::limits::parts - 1);
    EXPECT_EQ(message.problems, Problems({"message: more attachments than are read"}));
}

TEST(Tnef, RtfIsReadToABoundAllMessagesTogether) {
    // "a", then again and again sixteen bytes from its place of the dictionary on.
    std::string contents =
        "\xFE"
        "a";
    for (std::size_t i = 0; i < 7 + mime::limits::rtf / 16; ++i) {
        if (i % 8 == 7) contents += '\xFF';
        contents += "\x0C\xFE";
    }
    const auto bomb = message_properties({binary(0x1009, compressed_rtf(contents, 0))});
    const auto bytes =
        stream({bomb, attachment(), attachment_properties({message(stream({bomb}))})});
    const auto tnef = read_tnef(bytes);
    EXPECT_EQ(tnef.rtf->size(), mime::limits::rtf);
    EXPECT_EQ(tnef.problems.at(0), "RTF body: more RTF than is read");
    EXPECT_FALSE(tnef.files.at(0).message.at(0).rtf);
}

TEST(Tnef, BodiesAreReadToABound) {
    const std::string more(mime::limits::text + 1, 'x');
    const auto problems = [](const std::string& bytes) { return read_tnef(bytes).problems; };
    const auto bytes = stream({of_message(0x0002800C, more)});
    EXPECT_EQ(read_tnef(bytes).text.value_or("").size(), mime::limits::text);
    EXPECT_EQ(problems(bytes), Problems({"text body: more text than is read"}));
    const auto euros = std::string(mime::limits::text / 3 + 5'000, '\x80');  // three bytes each
    EXPECT_EQ(
        problems(stream({message_properties(
            {string8(0x1000, euros), binary(0x1013, euros), number(0x3FDE, 1252)}
        )})),
        Problems({"text body: more text than is read", "HTML body: more text than is read"})
    );
}

TEST(Tnef, LineBreaksOfEveryKindAreLineFeeds) {
    EXPECT_EQ(
        shown(
            {of_message(0x0002800C, "one\rtwo\r\r\nthree"),
             message_properties({string8(0x1013, "<p>\r</p>\r\n")})}
        ),
        "text: one\ntwo\nthree\nhtml: <p>\n</p>\n\n"
    );
}

TEST(Tnef, ProblemsAreNamedToABoundAllMessagesTogether) {
    std::string damaged;
    for (int i = 0; i < 70; ++i) damaged += of_message(0x00018004, "x").substr(0, 10) + "??";
    const auto bytes =
        stream({damaged, attachment(), attachment_properties({message(stream({damaged}))})});
    const auto tnef = read_tnef(bytes);
    EXPECT_EQ(tnef.problems.size(), 70U);
    EXPECT_EQ(tnef.files.at(0).message.at(0).problems.size(), mime::limits::problems - 70);
}

TEST(Tnef, CutOffAnywhereWhatWasReadIsKept) {
    const auto whole = rich(2);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto tnef = read_tnef(std::string_view(whole).substr(0, size));
        const bool between = tnef.problems.empty();  // cut between two attributes
        EXPECT_LE(tnef.files.size(), 2U);
        EXPECT_TRUE(!between || size == 6 || whole[size] <= 2) << size;
        if (size > whole.find("%PDF") + 3) {
            EXPECT_EQ(tnef.files.at(0).bytes, "%PDF") << size;
        }
    }
}

TEST(Tnef, AnyDamagedByteIsSurvivedAndLeavesTextValid) {
    const auto whole = rich(1);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const int flip : {0x01, 0x80, 0xFF}) {
            auto damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ flip);
            auto tnef = read_tnef(damaged);
            forget_bytes(tnef);
            EXPECT_TRUE(mime::is_utf8(shown(tnef))) << at;
            EXPECT_LE(tnef.files.size(), 2U) << at;
        }
    }
}

TEST(Tnef, IsToldByTypeOrName) {
    EXPECT_TRUE(mime::is_tnef("application/ms-tnef", ""));
    EXPECT_TRUE(mime::is_tnef("Application/vnd.MS-TNEF", "x.bin"));
    EXPECT_TRUE(mime::is_tnef("application/octet-stream", "WINMAIL.DAT"));
    EXPECT_FALSE(mime::is_tnef("application/octet-stream", "winmail.dat.pdf"));
}
