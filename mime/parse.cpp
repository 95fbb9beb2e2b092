#include "mime/parse.hpp"

#include <mimetic/mimetic.h>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "mime/outline.hpp"
#include "mime/read_message.hpp"

namespace mime {
namespace {

/// As many parts in the same places. Recursion ends at limits::depth, beyond which nothing is
/// opened.
bool same_shape(const mimetic::MimeEntity& entity, const Entity& outline) {
    const auto& parts = entity.body().parts();
    return parts.size() == outline.parts.size() &&
           std::equal(
               parts.begin(),
               parts.end(),
               outline.parts.begin(),
               [](const mimetic::MimeEntity* part, const Entity& known) {
                   return same_shape(*part, known);
               }
           );
}

/// The second opinion on how a mail is split. mimetic is not trusted with the mail: it sees the
/// skeleton, and where it throws or comes to another tree the outline holds and the mail is marked.
void compare_with_mimetic(Outline& outline) {
    if (!outline.mimetic_may_see || !outline.root.is_multipart()) return;
    try {
        const mimetic::MimeEntity entity(outline.skeleton.begin(), outline.skeleton.end());
        if (!same_shape(entity, outline.root))
            outline.problems.push_back({"message", "is ambiguous in its structure"});
    } catch (const std::exception& error) {
        outline.problems.push_back({"message", fmt::format("mimetic gave up: {}", error.what())});
    }
}

}  // namespace

Message parse(std::string_view bytes) {
    auto outline = outline_of(bytes);
    compare_with_mimetic(outline);
    return read_message(std::move(outline.root), std::move(outline.problems));
}

}  // namespace mime
