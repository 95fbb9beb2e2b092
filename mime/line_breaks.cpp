#include "mime/line_breaks.hpp"

#include <algorithm>
#include <cstring>

namespace mime {

void with_line_feeds(std::string& text) {
    std::size_t to = text.find('\r');
    if (to == text.npos) return;
    for (auto from = to; from < text.size();) {
        auto end = std::min(text.find_first_not_of('\r', from), text.size());
        if (end < text.size() && text[end] == '\n') from = end++;
        std::fill(
            text.begin() + static_cast<std::ptrdiff_t>(to),
            text.begin() + static_cast<std::ptrdiff_t>(to + end - from),
            '\n'
        );
        to += end - from;
        const auto next = std::min(text.find('\r', end), text.size());
        std::memmove(text.data() + to, text.data() + end, next - end);
        to += next - end;
        from = next;
    }
    text.resize(to);
}

}  // namespace mime
