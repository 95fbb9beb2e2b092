#include "mime/parse.hpp"

#include <mimetic/mimetic.h>

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/prescan.hpp"
#include "mime/read_message.hpp"

namespace mime {
namespace {

std::vector<HeaderField> fields_of(const mimetic::MimeEntity& entity) {
    std::vector<HeaderField> fields;
    for (const auto& field : entity.header()) {
        const std::string name(field.name().data(), field.name().size());
        fields.push_back({name, std::string(trim(field.value()))});
    }
    return fields;
}

/// What mimetic found, its bodies replaced by views into the mail: `outline` knows where they are.
/// Nothing where the two do not say the same.
std::optional<Entity> entity_of(const mimetic::MimeEntity& entity, const Entity& outline) {
    Entity result;
    result.fields = fields_of(entity);
    if (result.fields != outline.fields) return {};
    result.type = outline.type;
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
