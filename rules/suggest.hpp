// "Did you mean": the word of a list that is next to what somebody wrote. Used by reword.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// The nearest of `words` by edits, swaps counting one, else one that begins so; "" if none
/// is near enough to be meant.
std::string nearest(std::string_view written, const std::vector<std::string>& words);

}  // namespace rules
