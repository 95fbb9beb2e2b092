// Content-Transfer-Encoding (RFC 2045 §6), read in slices: a decoder keeps what a slice left open.
// Never fails; what did not belong there is counted. Used by attachment.cpp, bodies and encoded
// words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mime/message.hpp"

namespace mime {

/// The encoding that a header value names; unknown ones are `identity`.
TransferEncoding transfer_encoding(std::string_view value);

class TransferDecoder {
public:
    explicit TransferDecoder(TransferEncoding encoding) : encoding_(encoding) {}

    /// Appends the decoded bytes of the next slice to `out`.
    void read(std::string_view slice, std::string& out);
    /// What was still held back at the end of the last slice.
    void finish(std::string& out);
    TransferEncoding encoding() const { return encoding_; }
    /// Characters that the encoding does not know, and groups cut short.
    std::size_t errors() const { return errors_; }

private:
    void read_base64(std::string_view slice, std::string& out);
    void take_base64(char c, char*& to);
    void read_quoted(std::string_view slice, std::string& out);
    void take_quoted(char c, std::string& out);
    void end_group(char*& to);

    TransferEncoding encoding_;
    std::size_t errors_ = 0;
    std::uint32_t bits_ = 0;  ///< base64: the open group …
    int digits_ = 0;          ///< … and how many characters it has
    bool padded_ = false;     ///< base64: nothing but blanks since a '='
    bool over_ = false;       ///< base64: what follows is not of it
    std::string held_;        ///< quoted-printable: blanks that may end a line, or an open "=…"
};

/// What a reader is told of `errors` in a part.
std::string transfer_problem(std::size_t errors);

/// All at once, for small things.
std::string decode_transfer(
    std::string_view raw, TransferEncoding encoding, std::size_t* errors = nullptr
);

}  // namespace mime
