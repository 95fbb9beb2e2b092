// MIME made from what a mailbox keeps of a mail: header fields, bodies, attachments. Exchange and
// grommunio hand out that, never the bytes that came. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "ews/simulator/item.hpp"

namespace ews::simulator {

/// Exchange keeps the header, and signed mail as it is. grommunio knows no X- fields, makes an HTML
/// body where there was none and multipart/mixed of multipart/signed, and writes a new Message-ID
/// where a mail lies within the mail. Nothing is made of an item that came without MIME.
enum class Maker { exchange, grommunio };

/// `nth` gives the boundaries, so that no two fetches are alike.
std::string regenerate_mime(const Content& content, Maker maker, std::uint64_t nth);

}  // namespace ews::simulator
