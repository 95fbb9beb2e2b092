#include "rules/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "rules/create/one_line.hpp"

namespace rules {
namespace {

using Row = std::vector<std::string>;

/// Characters, not bytes: names are seldom ASCII.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (c & 0xC0) != 0x80;
    }));
}

/// A heading and left-aligned columns; nothing for no rows.
void write_table(std::string& out, std::string_view heading, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    fmt::format_to(std::back_inserter(out), "\n{}\n", heading);
    for (const auto& row : rows) {
        std::string line = " ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += ' ' + row[i];
            line.append(widths[i] - width(row[i]) + 1, ' ');
        }
        line.resize(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
}

/// A record of the CRM by its id; one that the decision creates by its name, since it has no id yet.
std::string shown(const Decision& decision, const Reference& reference) {
    const auto found = std::ranges::find(decision.create, reference.id, &Create::key);
    const bool is_new = reference.created && found != decision.create.end();
    if (!is_new) return fmt::format("{} {}", to_text(reference.kind), reference.id);
    return fmt::format("{} {} (new)", to_text(reference.kind), one_line(found->name));
}

std::vector<Row> addressee_rows(const Decision& decision) {
    std::vector<Row> rows;
    for (const auto& one : decision.addressees) {
        rows.push_back(
            {std::string(to_text(one.position)),
             one_line(one.address),
             std::string(to_text(one.outcome)),
             one_line(one.why)}
        );
    }
    return rows;
}

std::string shown_fields(const Decision& decision, const Create& create) {
    std::string text;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", name, value);
    };
    if (create.account) add("of", shown(decision, *create.account));
    if (create.contact) add("with", shown(decision, *create.contact));
    for (const auto& [name, value] : create.fields) {
        const auto line = one_line(value);
        const bool is_long = width(line) > 60;
        add(name, is_long ? fmt::format("{} characters", width(value)) : line);
    }
    return text;
}

std::vector<Row> create_rows(const Decision& decision) {
    std::vector<Row> rows;
    for (const auto& create : decision.create)
        rows.push_back({std::string(to_text(create.kind)), one_line(create.name), shown_fields(decision, create)});
    return rows;
}

std::vector<Row> link_rows(const Decision& decision) {
    std::vector<Row> rows;
    for (const auto& link : decision.links) rows.push_back({shown(decision, link)});
    return rows;
}

std::vector<Row> attachment_rows(const Decision& decision) {
    std::vector<Row> rows;
    for (const auto& choice : decision.attachments) {
        const auto name = one_line(choice.filename.value_or("(unnamed)"));
        rows.push_back({name, choice.stored ? "stored" : "left out", choice.why});
    }
    return rows;
}

std::vector<Row> disposition_rows(const Disposition& disposition) {
    std::vector<Row> rows;
    if (disposition.copy) {
        const auto* how = disposition.purge ? "deleted for good once the CRM has it" : "removed";
        rows.push_back({fmt::format("a copy of a mail that lies in another folder: the copy is {}", how)});
        for (const auto& name : disposition.categories_add)
            rows.push_back({"its original: category + " + name});
        for (const auto& name : disposition.categories_remove)
            rows.push_back({"its original: category - " + name});
        return rows;
    }
    switch (disposition.move) {
        case Disposition::Move::none:
            break;
        case Disposition::Move::inbox:
            rows.push_back({"returned to the Inbox"});
            break;
        case Disposition::Move::sent_items:
            rows.push_back({"returned to Sent Items"});
            break;
        case Disposition::Move::stay:
            rows.push_back({"stays where it is"});
            break;
    }
    if (disposition.purge) rows.push_back({"deleted for good once the CRM has it"});
    for (const auto& name : disposition.categories_add) rows.push_back({"category + " + name});
    for (const auto& name : disposition.categories_remove) rows.push_back({"category - " + name});
    return rows;
}

std::vector<Row> trace_rows(const Trace& trace) {
    std::vector<Row> rows;
    for (const auto& step : trace) {
        rows.push_back(
            {fmt::format("{:>2}", rows.size() + 1),
             step.stage,
             one_line(step.subject),
             one_line(step.seen),
             one_line(step.verdict)}
        );
    }
    return rows;
}

}  // namespace

std::string explain(const Decision& decision) {
    auto out = fmt::format("{}: {}\n", to_text(decision.verdict), one_line(decision.reason));
    if (!decision.rule.empty()) out += fmt::format("rule: {}\n", decision.rule);
    write_table(out, "Addressees", addressee_rows(decision));
    write_table(out, "Created", create_rows(decision));
    write_table(out, "Linked", link_rows(decision));
    write_table(out, "Attachments", attachment_rows(decision));
    write_table(out, "The mail", disposition_rows(decision.disposition));
    write_table(out, "Why", trace_rows(decision.trace));
    return out;
}

}  // namespace rules
