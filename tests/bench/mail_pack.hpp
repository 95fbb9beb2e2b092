// The mails that tests/bench/parse_speed reads: made from samples/mail and, where it lies beside
// the checkout, from an open corpus of real mails; the same for every parser, and the same each
// time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

struct Pack {
    std::vector<std::string> mails;
    std::size_t bytes = 0;
};

/// 10,000 mails of up to 16 KiB as they stand, each told apart by a field of its own.
Pack small_mails();

/// 10,000 mails out of the small ones' texts with one to three attachments of 4 to 60 kB, most in
/// base64, as offices send them.
Pack mails_with_attachments();

}  // namespace bench
