// Lines of plain text out of what HTML says about them: white space collapses, blocks begin on new
// lines, at most one blank line stands between others, quotes have "> " before them. Used by
// html_text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mime {

class HtmlLayout {
public:
    /// UTF-8; invisible characters vanish, a no-break space is a blank.
    void text(std::string_view characters);

    void begin_line();
    void begin_paragraph();  ///< a blank line before
    void break_line();       ///< <br>
    void blank_line();       ///< of its own, but not before the first text of a row

    void begin_row();
    void begin_cell();  ///< a tab before, as long as all cells of the row fit one line
    void end_table();

    void begin_item(std::string marker);
    void end_item();
    void begin_quote();
    void end_quote();
    void begin_preformatted() { ++preformatted_; }
    void end_preformatted() { --preformatted_; }

    void begin_link();
    /// Adds the address where the text of the link does not say it.
    void end_link(std::string_view url);

    /// Grows with every visible character.
    std::size_t size() const { return result_.size(); }

    std::string finish() { return std::move(result_); }

private:
    void blank(char c);
    void put(std::string_view visible);
    void open_line();
    std::size_t take_invisible(std::string_view characters);

    std::string result_;
    std::string blanks_;           ///< before the next visible character
    std::string joiner_;           ///< that stands between two visible characters, or vanishes
    std::string marker_;           ///< of an item that has no text yet
    std::size_t breaks_ = 0;       ///< before it: 1 for a new line, 2 for a blank one as well
    std::size_t items_ = 0;        ///< around
    std::size_t quotes_ = 0;       ///< around
    std::size_t line_quotes_ = 0;  ///< of the last line
    std::size_t preformatted_ = 0;
    std::vector<std::size_t> links_;  ///< where the text of each link around begins
    bool row_fresh_ = true;           ///< no text yet
    bool row_broken_ = false;         ///< a cell had more than one line
    bool cell_fresh_ = false;         ///< behind a tab, no text yet
};

}  // namespace mime
