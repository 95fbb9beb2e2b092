#include "mime/parse.hpp"

#include <mimetic/mimetic.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <ranges>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/prescan.hpp"
#include "mime/read_message.hpp"

namespace mime {
namespace {

bool same_but_blanks(std::string_view a, std::string_view b) {
    auto visible = std::views::filter([](char c) { return !is_space(c); });
    return std::ranges::equal(a | visible, b | visible);
}

/// mimetic has the same fields; Content-Type it rewrites while it reads.
bool same_fields(const mimetic::Header& header, const std::vector<HeaderField>& fields) {
    return std::ranges::equal(header, fields, [](const mimetic::Field& a, const HeaderField& b) {
        const std::string_view name(a.name().data(), a.name().size());
        return name == b.name &&
               (equal(name, "Content-Type") || same_but_blanks(a.value(), b.value));
    });
}

/// The tree that mimetic found, with fields and bodies as they stand in the mail: `outline` knows
/// where. Nothing where the two do not say the same.
std::optional<Entity> entity_of(const mimetic::MimeEntity& entity, const Entity& outline) {
    if (!same_fields(entity.header(), outline.fields)) return {};
    Entity result{outline.fields, outline.type, {}, {}};
    const auto& parts = entity.body().parts();
    if (parts.size() != outline.parts.size()) return {};
    if (parts.empty()) {
        const std::string& body = entity.body();
        if (body != outline.body) return {};
        result.body = outline.body;
        return result;
    }
    auto known = outline.parts.begin();
    for (const mimetic::MimeEntity* part : parts) {
        auto inner = entity_of(*part, *known++);
        if (!inner) return {};
        result.parts.push_back(std::move(*inner));
    }
    return result;
}

/// mimetic is not trusted: what it says counts only where it can be found again in the mail.
Entity split(std::string_view bytes, Prescan& scan) {
    if (!scan.ordinary) return std::move(scan.root);
    try {
        const mimetic::MimeEntity entity(bytes.begin(), bytes.end());
        if (auto root = entity_of(entity, scan.root)) return std::move(*root);
        scan.problems.push_back({"message", "is ambiguous in its structure"});
    } catch (const std::exception& error) {
        scan.problems.push_back({"message", fmt::format("mimetic gave up: {}", error.what())});
    }
    return std::move(scan.root);
}

}  // namespace

Message parse(std::string_view bytes) {
    auto scan = prescan(bytes);
    auto root = split(bytes, scan);
    return read_message(std::move(root), std::move(scan.problems));
}

}  // namespace mime
