#include "crm/embedded/import.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

#include "crm/embedded/people_file.hpp"
#include "crm/embedded/records.hpp"
#include "crm/embedded/take_values.hpp"
#include "crm/limits.hpp"
#include "mime/domain.hpp"

namespace crm::embedded {
namespace {

using rules::RecordKind;

struct Line {
    const std::string* file = nullptr;
    PeopleLine content;
};

std::vector<RowId> rows(Statement statement) {
    std::vector<RowId> rows;
    while (statement.next()) rows.push_back(statement.integer(0));
    return rows;
}

/// Brings lines into the database, inside a transaction of the caller, who undoes all if there are
/// problems.
class Import {
public:
    Import(Database& database, std::chrono::sys_seconds now, ImportReport& report)
        : database_(database), now_(now), report_(report) {}

    /// In the order in which records refer to each other, whatever the order of the lines.
    void bring_in(const std::vector<Line>& lines) {
        constexpr std::array order{
            RecordKind::user,
            RecordKind::account,
            RecordKind::contact,
            RecordKind::lead,
            RecordKind::opportunity,
            RecordKind::case_,
            RecordKind::project,
            RecordKind::quote};
        for (const auto kind : order) {
            for (const auto& line : lines) {
                if (line.content.kind == kind) bring_in(line);
            }
        }
    }

private:
    void bring_in(const Line& line) {
        Record wanted;
        wanted.kind = line.content.kind;
        wanted.name = line.content.name;
        wanted.status = first_status(wanted.kind);
        take_references(line, wanted);
        auto id = find(line.content, wanted);
        const auto before = id ? read_record(database_, *id) : std::nullopt;
        if (before) {
            const auto references = wanted;
            wanted = *before;
            wanted.name = references.name;
            if (references.account) wanted.account = references.account;
            if (references.contact) wanted.contact = references.contact;
            if (references.owner) wanted.owner = references.owner;
        }
        take_values(line.content, wanted);
        if (!id) {
            id = insert_record(database_, wanted, now_);
            ++report_.created;
        } else if (wanted == before) {
            ++report_.unchanged;
        } else {
            update_record(database_, *id, wanted, now_);
            ++report_.changed;
        }
        const auto [first, added] = seen_.try_emplace(*id, &line);
        if (!added) {
            problem(
                line,
                fmt::format(
                    "the same {} stands in {}:{}; keep one of the two lines",
                    rules::to_text(wanted.kind),
                    *first->second->file,
                    first->second->content.line
                )
            );
        }
    }

    void take_references(const Line& line, Record& record) {
        const auto& cells = line.content.cells;
        if (const auto name = cells.find("account"); name != cells.end()) {
            const auto found = rows(database_.query(
                "SELECT id FROM records WHERE kind = 'account' AND name = ? LIMIT 2", name->second
            ));
            record.account = the_one(line, found, "account", name->second);
        }
        if (const auto address = cells.find("contact"); address != cells.end()) {
            const auto found = rows(database_.query(
                "SELECT DISTINCT r.id FROM addresses a JOIN records r ON r.id = a.record "
                "WHERE a.comparable = ? AND r.kind = 'contact' LIMIT 2",
                mime::comparable_address(address->second)
            ));
            record.contact = the_one(line, found, "contact", address->second);
        }
        if (const auto address = cells.find("owner"); address != cells.end()) {
            record.owner = user_of(database_, address->second);
            if (!record.owner) missing(line, "user", address->second);
        }
    }

    std::optional<RowId> the_one(
        const Line& line,
        const std::vector<RowId>& found,
        std::string_view kind,
        std::string_view text
    ) {
        if (found.size() == 1) return found.front();
        if (found.empty()) {
            missing(line, kind, text);
        } else {
            problem(line, fmt::format("several {}s are called \"{:.100}\"", kind, text));
        }
        return std::nullopt;
    }

    std::optional<RowId> find(const PeopleLine& line, const Record& record) {
        const auto address = mime::comparable_address(first_address(line));
        if (record.kind == RecordKind::user) return user_of(database_, address);
        const bool person = record.kind == RecordKind::contact || record.kind == RecordKind::lead;
        const auto ids = rows(database_.query(
            "SELECT r.id FROM records r "
            "LEFT JOIN addresses a ON a.record = r.id AND a.field_order = 0 "
            "WHERE r.kind = ?1 AND r.name = ?2 "
            "AND (?3 = 0 OR coalesce(a.comparable, '') = ?4) "
            "AND (?5 = 0 OR r.account IS ?6) ORDER BY r.id LIMIT 1",
            rules::to_text(record.kind),
            record.name,
            person,
            address,
            !person && record.kind != RecordKind::account,
            record.account
        ));
        if (ids.empty()) return std::nullopt;
        return ids.front();
    }

    void missing(const Line& line, std::string_view kind, std::string_view text) {
        problem(
            line,
            fmt::format("no {0} \"{1:.100}\"; add a line for this {0}, or correct it", kind, text)
        );
    }

    void problem(const Line& line, std::string text) {
        if (report_.problems.size() >= limits::problems) return;
        report_.problems.push_back({*line.file, {line.content.line, 0, std::move(text)}});
    }

    Database& database_;
    std::chrono::sys_seconds now_;
    ImportReport& report_;
    std::map<RowId, const Line*> seen_;
};

}  // namespace

Result<ImportReport> import_files(
    Database& database, const std::vector<SourceFile>& files, std::chrono::sys_seconds now
) {
    ImportReport report;
    std::vector<Line> lines;
    for (const auto& file : files) {
        auto content = read_people(file.text);
        if (!content) {
            for (const auto& problem : content.error()) {
                report.problems.push_back({file.name, problem});
            }
            continue;
        }
        for (auto& line : *content) lines.push_back({&file.name, std::move(line)});
    }
    if (!report.problems.empty()) return report;
    const auto all = [&](Database& open) -> Result<void> {
        Import(open, now, report).bring_in(lines);
        if (open.failure()) report.problems.clear();  // what was not found may well be there
        if (report.problems.empty()) return {};
        return Error{errc::refused, "the files have problems", std::nullopt};
    };
    const auto done = writing(database, all);
    if (done.has_error() && report.problems.empty()) return done.error();
    if (!report.problems.empty()) report.created = report.changed = report.unchanged = 0;
    return report;
}

}  // namespace crm::embedded
