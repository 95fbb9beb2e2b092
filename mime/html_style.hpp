// The style attribute of an element: which declarations may stay on a page that is not the mail's
// own, what they hide, and how they set paragraphs. Used by safe_html and html_text.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// The declarations of `style` with a known property and a plain value, written anew: no url() and
/// no function but colours, no escapes, nothing positioned, no negative lengths (they would lay the
/// mail over the page).
std::string safe_style(std::string_view style);

/// Not seen by a reader; as senders hide preheaders, Outlook's mso-hide:all among them.
bool hides(std::string_view style);

/// white-space: pre and its kin.
bool keeps_white_space(std::string_view style);

/// Whether a line is left free above and below.
struct Room {
    bool above = true;
    bool below = true;
    bool operator==(const Room&) const = default;
};

/// By the margins; `otherwise` where `style` does not say.
Room room_around(std::string_view style, Room otherwise);

}  // namespace mime
