#include "mime/transfer.hpp"

#include "mime/ascii.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (is_digit(c)) return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

char byte(std::uint32_t bits, unsigned shift) {
    return static_cast<char>(static_cast<unsigned char>((bits >> shift) & 0xFFU));
}

}  // namespace

TransferEncoding transfer_encoding(std::string_view value) {
    const auto name = trim(value.substr(0, value.find_first_of(";(")));
    if (equal(name, "base64")) return TransferEncoding::base64;
    if (equal(name, "quoted-printable")) return TransferEncoding::quoted_printable;
    return TransferEncoding::identity;
}

void TransferDecoder::end_group(std::string& out) {
    if (digits_ == 1) ++errors_;
    if (digits_ == 2) out += byte(bits_, 4);
    if (digits_ == 3) {
        out += byte(bits_, 10);
        out += byte(bits_, 2);
    }
    bits_ = 0;
    digits_ = 0;
}

void TransferDecoder::read_base64(char c, std::string& out) {
    const int value = base64_value(c);
    if (value < 0) {
        // Padding ends a group; more may follow where encoded pieces were strung together.
        if (c == '=')
            end_group(out);
        else if (!is_space(c))
            ++errors_;
        return;
    }
    bits_ = (bits_ << 6U) | static_cast<std::uint32_t>(value);
    if (++digits_ < 4) return;
    out += byte(bits_, 16);
    out += byte(bits_, 8);
    out += byte(bits_, 0);
    bits_ = 0;
    digits_ = 0;
}

void TransferDecoder::read_quoted(char c, std::string& out) {
    const bool escape = !held_.empty() && held_.front() == '=';
    if (escape) {
        if (c == '\n') {  // soft line break, perhaps with blanks that a gateway added
            held_.clear();
            return;
        }
        const bool blank = c == ' ' || c == '\t' || c == '\r';
        if (held_.size() == 1 ? blank || hex_value(c) >= 0 : blank && is_space(held_[1])) {
            held_ += c;
            return;
        }
        if (held_.size() == 2 && hex_value(held_[1]) >= 0 && hex_value(c) >= 0) {
            out += static_cast<char>(hex_value(held_[1]) * 16 + hex_value(c));
            held_.clear();
            return;
        }
        ++errors_;
        out += held_;
        held_.clear();
    }
    if (c == '=') {
        out += held_;
        held_ = "=";
    } else if (c == ' ' || c == '\t' || c == '\r') {
        held_ += c;
    } else if (c == '\n') {  // RFC 2045 §6.7 (3): blanks at the end of a line were added on the way
        out += held_.ends_with('\r') ? "\r\n" : "\n";
        held_.clear();
    } else {
        out += held_;
        held_.clear();
        out += c;
    }
}

void TransferDecoder::read(std::string_view slice, std::string& out) {
    if (encoding_ == TransferEncoding::identity) {
        out += slice;
        return;
    }
    for (const char c : slice) {
        if (encoding_ == TransferEncoding::base64)
            read_base64(c, out);
        else
            read_quoted(c, out);
    }
}

void TransferDecoder::finish(std::string& out) {
    if (encoding_ == TransferEncoding::base64 && digits_ > 0) {
        ++errors_;
        end_group(out);
    }
    if (trim(held_) != "=") out += held_;
    held_.clear();
}

std::string decode_transfer(std::string_view raw, TransferEncoding encoding, std::size_t* errors) {
    TransferDecoder decoder(encoding);
    std::string result;
    result.reserve(raw.size());
    decoder.read(raw, result);
    decoder.finish(result);
    if (errors != nullptr) *errors = decoder.errors();
    return result;
}

std::size_t transfer_errors(std::string_view raw, TransferEncoding encoding) {
    if (encoding == TransferEncoding::identity) return 0;
    TransferDecoder decoder(encoding);
    std::string scratch;
    for (std::size_t at = 0; at < raw.size(); at += limits::slice) {
        decoder.read(raw.substr(at, limits::slice), scratch);
        scratch.clear();
    }
    decoder.finish(scratch);
    return decoder.errors();
}

}  // namespace mime
