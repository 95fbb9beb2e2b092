// Every reply of samples/replies gives the text written beside it, word by word.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "mime/new_text.hpp"
#include "mime/parse.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(MAILFERRY_SOURCE) / "samples/replies";

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// One blank between words, none at the ends; a blank that does not break is one.
std::string words(std::string text) {
    for (auto at = text.find("\u00A0"); at != text.npos; at = text.find("\u00A0"))
        text.replace(at, 2, " ");
    std::istringstream in(text);
    std::string result;
    for (std::string word; in >> word;) result += (result.empty() ? "" : " ") + word;
    return result;
}

mime::NewText new_text_of(const std::string& bytes) {
    const auto message = mime::parse(bytes);
    if (message.text) return mime::new_text(*message.text);
    return mime::new_text_of_html(message.html.value_or(""));
}

}  // namespace

TEST(Replies, EachGivesWhatStandsBesideIt) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".eml") continue;
        SCOPED_TRACE(entry.path().filename());
        auto expected = entry.path();
        const auto found = new_text_of(read(entry.path()));
        EXPECT_EQ(words(found.text), words(read(expected.replace_extension(".txt"))));
        const bool bare = entry.path().stem() == "gmail-de-forwarded";
        EXPECT_EQ(found.quote_cut, !bare);
        ++count;
    }
    EXPECT_EQ(count, 60U);
}

TEST(Replies, WhereAMailHasBothItsHtmlGivesTheSameWords) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".eml") continue;
        const auto bytes = read(entry.path());
        const auto message = mime::parse(bytes);
        if (!message.text || !message.html) continue;
        SCOPED_TRACE(entry.path().filename());
        EXPECT_EQ(
            words(mime::new_text_of_html(*message.html).text),
            words(mime::new_text(*message.text).text)
        );
        ++count;
    }
    EXPECT_EQ(count, 26U);
}
