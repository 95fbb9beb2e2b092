#include "rules/suggest.hpp"

#include <algorithm>
#include <numeric>

namespace rules {
namespace {

/// Damerau-Levenshtein distance with adjacent swaps.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last, row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = std::move(last);
        last = row;
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

std::string lower(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '_' || c == ' ')
            result += '-';
        else
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

}  // namespace

std::string nearest(std::string_view written, const std::vector<std::string>& words) {
    constexpr std::size_t longest = 100;
    if (written.size() > longest) return "";
    const auto text = lower(written);
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, text.size() / 3) + 1;
    for (const auto& word : words) {
        const auto edits = distance(text, lower(word));
        // A word that shares no letter with a short one is no help.
        if (edits < best_distance && edits < word.size()) {
            best = word;
            best_distance = edits;
        }
    }
    constexpr std::size_t shortest_prefix = 3;
    if (!best.empty() || text.size() < shortest_prefix) return best;
    const auto longer = std::ranges::find_if(words, [&](const std::string& word) {
        return word.starts_with(text);
    });
    return longer == words.end() ? "" : *longer;
}

}  // namespace rules
