#include "http/auth/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace http {

std::string to_base64(std::string_view bytes) {
    std::string result((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL writes a NUL behind
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(result.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size())
    );
    result.resize(static_cast<std::size_t>(length));
    return result;
}

std::optional<std::string> from_base64(std::string_view text) {
    // OpenSSL would forgive white space around it and padding anywhere.
    const std::size_t digits = std::min(text.find_first_of("= \t\r\n\v\f-"), text.size());
    const std::size_t padding = text.size() - digits;
    if (text.size() % 4 != 0 || padding > 2) return std::nullopt;
    if (text.find_first_not_of('=', digits) != std::string_view::npos) return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(bytes.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    if (length < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

}  // namespace http
