// Walks the raw bytes of a mail once and takes them apart along its boundaries. Also writes its
// skeleton, the lines that make the structure and nothing else, and judges whether mimetic may see
// it (it crashes on, or loses parts of, some). Used by parse.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mime/entity.hpp"

namespace mime {

struct Outline {
    Entity root;  ///< bodies are views into the scanned bytes
    /// Content-Type of each multipart and the lines of its boundaries: a mail of the same
    /// structure, without fields and bodies.
    std::string skeleton;
    bool mimetic_may_see = true;  ///< its skeleton
    std::vector<Problem> problems;
};

/// Linear in the size of `bytes`, which must outlive the result.
Outline outline_of(std::string_view bytes);

}  // namespace mime
