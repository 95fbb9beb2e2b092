// "On Mon, 23 Nov 2026 at 09:55, Anna Berg <…> wrote:" - the line or lines with which mail programs
// introduce a quotation. Knows how they write in the languages of Western Europe and in Polish;
// separate from mime/new_text because its words grow with every program. Used by mime/new_text and
// mime/mark_html_quotes.
#pragma once

#include <cstddef>

#include "mime/reply_line.hpp"

namespace mime {

struct Attribution {
    std::size_t lines = 0;   ///< that it takes; 0: there is none
    std::size_t column = 0;  ///< bytes of the first line that are somebody's text before it
    /// Its date and address leave no doubt. What is not certain is an attribution only where marked
    /// quotation follows: people write "on Monday he wrote:" as well.
    bool certain = false;
};

/// The attribution that begins in line `at`.
Attribution find_attribution(Lines lines, std::size_t at);

}  // namespace mime
