#include "rules/vocabulary.hpp"

#include <array>
#include <utility>

namespace rules {
namespace {

using Word = std::pair<RecordKind, std::string_view>;
constexpr std::array<Word, 9> kinds{
    Word{RecordKind::user, "user"},
    Word{RecordKind::contact, "contact"},
    Word{RecordKind::lead, "lead"},
    Word{RecordKind::account, "account"},
    Word{RecordKind::opportunity, "opportunity"},
    Word{RecordKind::case_, "case"},
    Word{RecordKind::project, "project"},
    Word{RecordKind::quote, "quote"},
    Word{RecordKind::email, "email"},
};

constexpr std::string_view create_new = "create-new/";
constexpr std::string_view assign_to = "assign-to/";

bool has_folder(RecordKind kind) {
    return kind == RecordKind::opportunity || kind == RecordKind::case_ ||
           kind == RecordKind::project || kind == RecordKind::quote;
}

std::optional<Role> create_new_role(std::string_view rest) {
    const auto kind = record_kind(rest);
    if (!kind || (*kind != RecordKind::email && !has_folder(*kind))) return std::nullopt;
    return Role{Role::Door::create_new, *kind, ""};
}

std::optional<Role> assign_to_role(std::string_view rest) {
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos || slash + 1 == rest.size()) return std::nullopt;
    const auto kind = record_kind(rest.substr(0, slash));
    if (!kind || !has_folder(*kind)) return std::nullopt;
    return Role{Role::Door::assign_to, *kind, std::string(rest.substr(slash + 1))};
}

}  // namespace

std::string_view to_text(RecordKind kind) {
    for (const auto& [value, text] : kinds)
        if (value == kind) return text;
    return "";
}

std::optional<RecordKind> record_kind(std::string_view text) {
    for (const auto& [value, word] : kinds)
        if (word == text) return value;
    return std::nullopt;
}

bool is_automatic(const Role& role) {
    return role.door == Role::Door::inbox || role.door == Role::Door::sent_items;
}

std::string to_text(const Role& role) {
    switch (role.door) {
        case Role::Door::create_new:
            return std::string(create_new) + std::string(to_text(role.kind));
        case Role::Door::assign_to:
            return std::string(assign_to) + std::string(to_text(role.kind)) + "/" + role.record;
        case Role::Door::inbox:
            return "inbox";
        case Role::Door::sent_items:
            return "sent-items";
    }
    return "";
}

std::optional<Role> role(std::string_view text) {
    if (text == "inbox") return Role{Role::Door::inbox, RecordKind::email, ""};
    if (text == "sent-items") return Role{Role::Door::sent_items, RecordKind::email, ""};
    if (text.starts_with(create_new)) return create_new_role(text.substr(create_new.size()));
    if (text.starts_with(assign_to)) return assign_to_role(text.substr(assign_to.size()));
    return std::nullopt;
}

}  // namespace rules
