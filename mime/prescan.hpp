// Walks the raw bytes of a mail once and takes them apart along its boundaries, line by line.
// Judges whether mimetic may see the mail (it crashes on, or loses parts of, some); if not, this
// outline is what is read, so that no mail is refused. Used by parse.cpp alone.
#pragma once

#include <string_view>
#include <vector>

#include "mime/entity.hpp"

namespace mime {

struct Prescan {
    Entity root;           ///< bodies are views into the scanned bytes
    bool ordinary = true;  ///< mimetic may see it
    std::vector<Problem> problems;
};

/// Linear in the size of `bytes`, which must outlive the result.
Prescan prescan(std::string_view bytes);

}  // namespace mime
