// Addresses in HTML that may go on: of links, those that lead out of a mail; of pictures, those
// that are in the mail, and those outside where somebody said so. Used by strip_html, safe_html,
// html_text and html_layout.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// `url` as a browser reads it (no blanks around it, no tab or line feed within), with blanks,
/// quotes and angles as %XX; "" unless it is http, https, mailto or tel. Relative ones lead
/// nowhere.
std::string clean_link(std::string_view url);

/// The same for a picture: cid:, data: in base64 with an image/png, gif, jpeg or webp.
/// http and https where `external`.
std::string clean_picture(std::string_view url, bool external);

/// `text` says where `url` leads: a person sees no difference.
bool names_link(std::string_view text, std::string_view url);

}  // namespace mime
