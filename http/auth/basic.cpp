#include "http/auth/basic.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace http {

namespace {

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < 0x20 || code == 0x7f;
    });
}

std::string base64(std::string_view bytes) {
    std::string result((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL writes a NUL behind
    const int length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(result.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size())
    );
    result.resize(static_cast<std::size_t>(length));
    return result;
}

}  // namespace

Result<Field> basic_authorization(std::string_view user, std::string_view password) {
    if (user.find(':') != std::string_view::npos) {
        return Error{
            errc::bad_url, "the user name holds a colon, which Basic authentication cannot carry"};
    }
    if (has_control(user) || has_control(password)) {
        return Error{
            errc::bad_url,
            "the user name or password holds a control character (a line break at its end?), which "
            "Basic "
            "authentication cannot carry"};
    }
    std::string pair(user);
    pair += ':';
    pair += password;
    return Field{"Authorization", "Basic " + base64(pair)};
}

}  // namespace http
