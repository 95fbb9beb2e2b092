#include "crm/embedded/people_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <set>

#include "crm/csv.hpp"
#include "crm/limits.hpp"
#include "rules/time_zone.hpp"

namespace crm::embedded {
namespace {

using rules::RecordKind;

bool is_utf8(std::string_view text) {
    auto status = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<int32_t>(text.size()), &status);
    return status != U_INVALID_CHAR_FOUND;  // else there is only no room, none being given
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(white) - first + 1));
}

/// Enough to tell an address from a name that slipped into the column; what is deliverable is not
/// our matter.
bool like_an_address(std::string_view text) {
    const auto at = text.rfind('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find_first_of(" \t,;<>\"") == std::string_view::npos;
}

class Lines {
public:
    rules::Checked<std::vector<PeopleLine>> read(std::string_view csv) {
        auto rows = csv::read(csv);
        if (!rows) return rows.error();
        if (rows->empty()) {
            problem(1, "the file is empty; the first line names the columns");
        } else {
            read_header(rows->front());
        }
        if (!problems_.empty()) return problems_;
        for (auto row = rows->begin() + 1; row != rows->end(); ++row) read_row(*row);
        if (!problems_.empty()) return problems_;
        return std::move(lines_);
    }

private:
    void read_header(const csv::Row& row) {
        const auto& known = people_columns();
        std::set<std::string> seen;
        for (const auto& cell : row.cells) {
            header_.push_back(trimmed(cell));
            const auto& column = header_.back();
            if (std::ranges::find(known, column) == known.end()) {
                problem(
                    row.line,
                    fmt::format(
                        "unknown column \"{:.100}\"; there are {}", column, fmt::join(known, ", ")
                    )
                );
            } else if (!seen.insert(column).second) {
                problem(row.line, fmt::format("column \"{}\" stands here twice", column));
            }
        }
        if (!seen.contains("kind")) {
            problem(row.line, "no column \"kind\"; it says what each line is (user, contact …)");
        }
    }

    void read_row(const csv::Row& row) {
        if (row.cells.size() != header_.size()) {
            problem(
                row.line,
                fmt::format(
                    "{} cells where the first line names {} columns; quote cells that hold commas",
                    row.cells.size(),
                    header_.size()
                )
            );
            return;
        }
        PeopleLine line;
        line.line = row.line;
        for (std::size_t i = 0; i < header_.size(); ++i) {
            if (row.cells[i].size() > limits::text) {
                problem(row.line, fmt::format("column \"{}\" is too long", header_[i]));
                return;
            }
            if (!is_utf8(row.cells[i])) {
                problem(row.line, "not UTF-8; save the file as \"CSV UTF-8\"");
                return;
            }
            if (auto cell = trimmed(row.cells[i]); !cell.empty()) line.cells[header_[i]] = cell;
        }
        if (!check_kind(line)) return;
        take_name(line);
        check_cells(line);
        lines_.push_back(std::move(line));
    }

    bool check_kind(PeopleLine& line) {
        const auto text = take(line, "kind");
        const auto kind = rules::record_kind(text);
        if (!kind || *kind == RecordKind::email) {
            problem(
                line.line,
                fmt::format(
                    "unknown kind \"{:.100}\"; write user, contact, lead, account, opportunity, "
                    "case, project or quote",
                    text
                )
            );
            return false;
        }
        line.kind = *kind;
        return true;
    }

    void take_name(PeopleLine& line) {
        line.name = take(line, "name");
        if (line.name.empty()) {
            line.name = trimmed(value(line, "first_name") + " " + value(line, "last_name"));
        }
        if (line.name.empty()) line.name = value(line, "email");
        if (line.name.empty()) {
            problem(line.line, fmt::format("this {} has no name", rules::to_text(line.kind)));
        }
    }

    void check_cells(const PeopleLine& line) {
        for (const auto* column : {"email", "email2", "email3", "owner", "contact"}) {
            const auto cell = line.cells.find(column);
            if (cell != line.cells.end() && !like_an_address(cell->second)) {
                problem(
                    line.line,
                    fmt::format(
                        "column \"{}\": \"{:.100}\" is no e-mail address", column, cell->second
                    )
                );
            }
        }
        if (line.kind == RecordKind::user && !line.cells.contains("email")) {
            problem(line.line, "a user without an e-mail address; fill the column \"email\"");
        }
        if (line.kind != RecordKind::account && line.cells.contains("domain")) {
            problem(line.line, "only accounts have a domain; clear it, or name the account");
        }
        check_time_zone(line);
    }

    /// By it the schedule of a policy goes, so that a wrong one would be noticed only at night.
    void check_time_zone(const PeopleLine& line) {
        const auto zone = value(line, "time_zone");
        if (zone.empty()) return;
        if (line.kind != RecordKind::user) {
            problem(line.line, "only users have a time zone; clear the column \"time_zone\"");
        } else if (!rules::is_time_zone(zone)) {
            const auto meant = rules::nearest_time_zone(zone);
            problem(
                line.line,
                fmt::format(
                    "column \"time_zone\": \"{:.100}\" is unknown; {}",
                    zone,
                    meant.empty() ? "write the name of a zone, as \"Europe/Berlin\" or \"UTC\""
                                  : fmt::format("did you mean \"{}\"?", meant)
                )
            );
        }
    }

    static std::string value(const PeopleLine& line, const std::string& column) {
        const auto cell = line.cells.find(column);
        return cell == line.cells.end() ? std::string() : cell->second;
    }

    static std::string take(PeopleLine& line, const std::string& column) {
        const auto cell = line.cells.extract(column);
        return cell ? cell.mapped() : std::string();
    }

    void problem(int line, std::string text) {
        if (problems_.size() < limits::problems) problems_.push_back({line, 0, std::move(text)});
    }

    std::vector<std::string> header_;
    std::vector<PeopleLine> lines_;
    rules::Problems problems_;
};

}  // namespace

const std::vector<std::string_view>& people_columns() {
    static const std::vector<std::string_view> columns{
        "kind",
        "name",
        "first_name",
        "last_name",
        "email",
        "email2",
        "email3",
        "account",
        "domain",
        "contact",
        "owner",
        "status",
        "phone",
        "title",
        "description",
        "time_zone"};
    return columns;
}

rules::Checked<std::vector<PeopleLine>> read_people(std::string_view csv) {
    return Lines().read(csv);
}

}  // namespace crm::embedded
