#include "crm/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "crm/limits.hpp"

namespace crm::csv {
namespace {

/// What stands between cells: of the candidates the one that the first line has most of, outside
/// quotes.
char separator_of(std::string_view text) {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        if (c == ',') ++commas;
        if (c == ';') ++semicolons;
        if (c == '\t') ++tabs;
    }
    if (semicolons > commas && semicolons >= tabs) return ';';
    return tabs > commas ? '\t' : ',';
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    rules::Checked<std::vector<Row>> rows() {
        std::vector<Row> rows;
        while (at_ < text_.size()) {
            auto row = this->row();
            const bool blank = row.cells.size() == 1 && row.cells.front().empty();
            if (!blank) rows.push_back(std::move(row));
        }
        if (!problems_.empty()) return std::move(problems_);
        return rows;
    }

private:
    bool at_line_end() const {
        return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
    }

    void skip_line_end() {
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') ++at_;
        next_line();
    }

    void next_line() {
        ++line_;
        line_start_ = at_;
    }

    Row row() {
        Row row{line_, {}};
        for (;;) {
            const bool quoted = at_ < text_.size() && text_[at_] == '"';
            row.cells.push_back(quoted ? quoted_cell() : plain_cell());
            if (row.cells.size() > limits::csv_columns) {
                problem("too many columns; is this a CSV file?");
                at_ = text_.size();
            }
            if (at_line_end()) break;
            ++at_;  // the separator
        }
        skip_line_end();
        return row;
    }

    std::string plain_cell() {
        const auto begin = at_;
        while (!at_line_end() && text_[at_] != separator_) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    std::string quoted_cell() {
        const auto opening_line = line_;
        const auto opening_column = column();
        std::string cell;
        ++at_;
        for (;;) {
            if (at_ == text_.size()) {
                problem(opening_line, opening_column, "this quote is never closed; add a '\"'");
                return cell;
            }
            const char c = text_[at_++];
            if (c == '\n') next_line();
            if (c != '"') {
                cell += c;
            } else if (at_ < text_.size() && text_[at_] == '"') {
                cell += text_[at_++];
            } else {
                break;
            }
        }
        if (!at_line_end() && text_[at_] != separator_) {
            problem("text after a closing quote; write a quote inside a quoted cell twice");
            plain_cell();
        }
        return cell;
    }

    int column() const { return static_cast<int>(at_ - line_start_) + 1; }

    void problem(std::string text) { problem(line_, column(), std::move(text)); }

    void problem(int line, int column, std::string text) {
        if (problems_.size() < limits::problems) {
            problems_.push_back({line, column, std::move(text)});
        }
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_start_ = 0;
    int line_ = 1;
    rules::Problems problems_;
};

}  // namespace

rules::Checked<std::vector<Row>> read(std::string_view text) {
    if (text.size() > limits::csv_file) {
        return rules::Problems{{0, 0, "the file is too large; split it"}};
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return Reader(text).rows();
}

}  // namespace crm::csv
