// What tests/bench/parse_speed asks of GMime: the same that mime::parse gives, by GMime's own ways.
#pragma once

#include <cstddef>
#include <string_view>

namespace bench {

/// What came out, so that nothing can be left undone: counts, not contents.
struct Yield {
    std::size_t addresses = 0;
    std::size_t text = 0;         ///< bytes of UTF-8
    std::size_t attachments = 0;  ///< how many
    std::size_t bytes = 0;        ///< of decoded attachments

    void operator+=(const Yield& more) {
        addresses += more.addresses;
        text += more.text;
        attachments += more.attachments;
        bytes += more.bytes;
    }
};

/// Once, before the first mail.
void start_gmime();

Yield read_with_gmime(std::string_view mail);

}  // namespace bench
