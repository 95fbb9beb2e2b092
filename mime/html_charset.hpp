// The charset that HTML declares in itself, for a part of a mail whose Content-Type names none.
// Used by read_message.
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// By <meta charset=…> or <meta http-equiv=Content-Type content="…; charset=…"> in the first 1024
/// bytes, where browsers look for it
/// (https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding), in lower case;
/// "" if there is none. `bytes` are of any charset that holds ASCII, and need not be UTF-8.
std::string html_charset(std::string_view bytes);

}  // namespace mime
