// Longer than most files here: each encoding is read twice, by runs where the bytes are as they
// should be, which is nearly always, and character by character where they are not.
#include "mime/transfer.hpp"

#include <array>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

constexpr int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (is_digit(c)) return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

/// Not the value of four digits: one of them was none.
constexpr std::uint32_t no_digit = 1U << 24U;

using Table = std::array<std::uint32_t, 256>;

/// The bits of each character where it is digit number `place` of a group.
constexpr Table digits_at(unsigned place) {
    Table table{};
    for (unsigned c = 0; c < table.size(); ++c) {
        const int value = base64_value(static_cast<char>(static_cast<unsigned char>(c)));
        table[c] = value < 0 ? no_digit : static_cast<std::uint32_t>(value) << (18U - 6U * place);
    }
    return table;
}

constexpr Table first = digits_at(0), second = digits_at(1), third = digits_at(2),
                fourth = digits_at(3);

std::uint32_t group_at(const char* at) {
    return first[static_cast<unsigned char>(at[0])] | second[static_cast<unsigned char>(at[1])] |
           third[static_cast<unsigned char>(at[2])] | fourth[static_cast<unsigned char>(at[3])];
}

/// Three bytes; writes a fourth behind them, which the next group overwrites.
char* put_group(std::uint32_t bits, char* to) {
    bits <<= 8U;
    if constexpr (std::endian::native == std::endian::little) bits = __builtin_bswap32(bits);
    std::memcpy(to, &bits, sizeof bits);
    return to + 3;
}

char byte(std::uint32_t bits, unsigned shift) {
    return static_cast<char>(static_cast<unsigned char>((bits >> shift) & 0xFFU));
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

TransferEncoding transfer_encoding(std::string_view value) {
    const auto name = trim(value.substr(0, value.find_first_of(";(")));
    if (equal(name, "base64")) return TransferEncoding::base64;
    if (equal(name, "quoted-printable")) return TransferEncoding::quoted_printable;
    return TransferEncoding::identity;
}

void TransferDecoder::end_group(char*& to) {
    if (digits_ == 1) ++errors_;
    if (digits_ == 2) *to++ = byte(bits_, 4);
    if (digits_ == 3) {
        *to++ = byte(bits_, 10);
        *to++ = byte(bits_, 2);
    }
    bits_ = 0;
    digits_ = 0;
}

void TransferDecoder::take_base64(char c, char*& to) {
    const int value = base64_value(c);
    if (value < 0) {
        // Padding ends a group; more may follow where encoded pieces were strung together.
        if (c == '=') {
            end_group(to);
            padded_ = true;
        } else if (!is_space(c)) {
            ++errors_;
            over_ = padded_;  // the footer of a mailing list
        }
        return;
    }
    padded_ = false;
    bits_ = (bits_ << 6U) | static_cast<std::uint32_t>(value);
    if (++digits_ < 4) return;
    *to++ = byte(bits_, 16);
    *to++ = byte(bits_, 8);
    *to++ = byte(bits_, 0);
    bits_ = 0;
    digits_ = 0;
}

void TransferDecoder::read_base64(std::string_view slice, std::string& out) {
    const auto had = out.size();
    out.resize(had + (slice.size() + 3) / 4 * 3 + 1);
    char* to = out.data() + had;
    const char* at = slice.data();
    const char* const end = at + slice.size();
    while (at != end && !over_) {
        if (padded_) take_base64(*at++, to);
        while (digits_ == 0 && !padded_ && end - at >= 16) {
            const auto a = group_at(at), b = group_at(at + 4), c = group_at(at + 8),
                       d = group_at(at + 12);
            if ((a | b | c | d) >= no_digit) break;
            to = put_group(d, put_group(c, put_group(b, put_group(a, to))));
            at += 16;
        }
        while (digits_ == 0 && !padded_ && end - at >= 4) {
            const auto bits = group_at(at);
            if (bits >= no_digit) break;
            to = put_group(bits, to);
            at += 4;
        }
        if (at != end && !padded_) take_base64(*at++, to);
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
}

void TransferDecoder::take_quoted(char c, std::string& out) {
    const bool escape = !held_.empty() && held_.front() == '=';
    if (escape) {
        if (c == '\n') {  // soft line break, perhaps with blanks that a gateway added
            held_.clear();
            return;
        }
        const bool blank = is_blank(c);
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
    } else if (is_blank(c)) {
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

void TransferDecoder::read_quoted(std::string_view slice, std::string& out) {
    for (std::size_t at = 0; at < slice.size();) {
        if (!held_.empty() && held_.front() == '=') {
            take_quoted(slice[at++], out);
            continue;
        }
        auto end = at;
        while (end < slice.size() && slice[end] != '=' && slice[end] != '\n') ++end;
        auto visible = end;
        while (visible > at && is_blank(slice[visible - 1])) --visible;
        if (visible > at) {
            out += held_;
            out += slice.substr(at, visible - at);
            held_.clear();
        }
        held_ += slice.substr(visible, end - visible);
        at = end;
        if (at == slice.size()) return;
        const bool octet = slice[at] == '=' && at + 2 < slice.size() &&
                           hex_value(slice[at + 1]) >= 0 && hex_value(slice[at + 2]) >= 0;
        if (!octet) {
            take_quoted(slice[at++], out);
            continue;
        }
        out += held_;
        held_.clear();
        out += static_cast<char>(hex_value(slice[at + 1]) * 16 + hex_value(slice[at + 2]));
        at += 3;
    }
}

void TransferDecoder::read(std::string_view slice, std::string& out) {
    switch (encoding_) {
        case TransferEncoding::identity:
            out += slice;
            return;
        case TransferEncoding::base64:
            return read_base64(slice, out);
        case TransferEncoding::quoted_printable:
            return read_quoted(slice, out);
    }
}

void TransferDecoder::finish(std::string& out) {
    if (encoding_ == TransferEncoding::base64 && digits_ > 0) {
        ++errors_;
        std::array<char, 3> rest{};
        char* to = rest.data();
        end_group(to);
        out.append(rest.data(), to);
    }
    if (trim(held_) != "=") out += held_;
    held_.clear();
}

std::string transfer_problem(std::size_t errors) {
    return fmt::format("{} error{} in its transfer encoding", errors, errors == 1 ? "" : "s");
}

std::string decode_transfer(std::string_view raw, TransferEncoding encoding, std::size_t* errors) {
    TransferDecoder decoder(encoding);
    std::string result;
    result.reserve(encoding == TransferEncoding::base64 ? raw.size() / 4 * 3 + 3 : raw.size());
    for (std::size_t at = 0; at < raw.size(); at += limits::slice)
        decoder.read(raw.substr(at, limits::slice), result);
    decoder.finish(result);
    if (errors != nullptr) *errors = decoder.errors();
    return result;
}

}  // namespace mime
