#include "mime/flowed.hpp"

#include <algorithm>

namespace mime {
namespace {

constexpr std::string_view signature = "-- ";

struct Line {
    std::size_t depth = 0;  ///< of the quote
    bool stuffed = false;
    std::string_view content;
    bool flows = false;  ///< its paragraph goes on in the next line of the same depth
};

Line read_line(std::string_view text) {
    Line line;
    line.depth = std::min(text.find_first_not_of('>'), text.size());
    line.content = text.substr(line.depth);
    line.stuffed = line.content.starts_with(' ');
    if (line.stuffed) line.content.remove_prefix(1);
    line.flows = line.content.ends_with(' ') && line.content != signature;
    return line;
}

}  // namespace

std::string unflow(std::string_view text, bool delete_space) {
    std::string result;
    result.reserve(text.size());
    bool open = false;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = read_line(text.substr(at, end - at));
        const bool joins = open && line.depth == depth && line.content != signature;
        if (!joins) {
            if (open) result += '\n';
            result.append(line.depth, '>');
            if (line.depth > 0 && line.stuffed) result += ' ';
        }
        if (line.flows && delete_space) line.content.remove_suffix(1);
        result += line.content;
        open = line.flows && end < text.size();
        depth = line.depth;
        if (!open && end < text.size()) result += '\n';
        at = end + 1;
    }
    return result;
}

}  // namespace mime
