#include "http/client_certificate.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <cstring>
#include <memory>

#include "http/limits.hpp"

namespace http {

namespace {

using boost::system::error_code;

Error unusable(const std::string& what, const std::string& path, const std::string& why) {
    return {errc::untrusted, fmt::format("the {} '{}' cannot be used: {}", what, path, why)};
}

struct Closed {
    explicit Closed(int opened) : descriptor(opened) {}
    ~Closed() {
        if (descriptor >= 0) ::close(descriptor);
    }
    Closed(const Closed&) = delete;
    Closed& operator=(const Closed&) = delete;
    int descriptor;
};

/// What we opened is what we judge: mode and content are of one file.
Result<std::string> read_pem(const std::string& what, const std::string& path, bool is_secret) {
    const Closed file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.descriptor < 0 || ::fstat(file.descriptor, &status) != 0) {
        return unusable(what, path, std::strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) return unusable(what, path, "it is no file");
    if (is_secret && (status.st_mode & S_IRWXO) != 0) {
        return unusable(
            what,
            path,
            fmt::format(
                "every user of this machine may read it, and it holds a private key. Make it "
                "readable by the agent's user alone: chmod 600 '{}'",
                path
            )
        );
    }
    std::string text(max_pem_file + 1, '\0');
    const ssize_t size = ::read(file.descriptor, text.data(), text.size());
    if (size < 0) return unusable(what, path, std::strerror(errno));
    if (static_cast<std::size_t>(size) > max_pem_file) {
        return unusable(what, path, fmt::format("it is larger than {} bytes", max_pem_file));
    }
    text.resize(static_cast<std::size_t>(size));
    return text;
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// OpenSSL asks for the passphrase; we have none, and remember that it asked.
int note_encryption(char*, int, int, void* was_asked) {
    *static_cast<bool*>(was_asked) = true;
    return -1;
}

Result<Key> read_key(const std::string& path, const std::string& text) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free
    );
    bool is_encrypted = false;
    Key key(
        PEM_read_bio_PrivateKey(memory.get(), nullptr, &note_encryption, &is_encrypted),
        &EVP_PKEY_free
    );
    ERR_clear_error();
    if (key) return key;
    if (!is_encrypted) return unusable("client key", path, "it holds no private key as PEM");
    return unusable(
        "client key",
        path,
        fmt::format(
            "it is encrypted, and a service has nobody to ask for the passphrase. Write it without "
            "one: (umask 077; openssl pkey -in '{}' -out NEW-FILE)",
            path
        )
    );
}

}  // namespace

std::optional<Error> use_client_certificate(
    boost::asio::ssl::context& context, const ClientCertificate& certificate
) {
    if (certificate.file.empty() && certificate.key_file.empty()) return std::nullopt;
    if (certificate.file.empty()) {
        return Error{errc::untrusted, "a client key is configured without its certificate"};
    }
    const bool together = certificate.key_file.empty();
    const auto chain = read_pem("client certificate", certificate.file, together);
    if (!chain) return chain.error();
    error_code ec;
    context.use_certificate_chain(boost::asio::buffer(*chain), ec);
    if (ec) {
        const std::string why = ec.message() + ". It must be PEM, the client's certificate first";
        return unusable("client certificate", certificate.file, why);
    }
    const std::string& key_path = together ? certificate.file : certificate.key_file;
    const auto key_text = together ? chain : read_pem("client key", key_path, true);
    if (!key_text) return key_text.error();
    const Result<Key> key = read_key(key_path, *key_text);
    if (!key) return key.error();
    SSL_CTX* handle = context.native_handle();
    if (SSL_CTX_use_PrivateKey(handle, key->get()) != 1) {
        ERR_clear_error();
        const std::string why =
            fmt::format("it does not fit the certificate '{}'", certificate.file);
        return unusable("client key", key_path, why);
    }
    // IIS asks for a certificate only after it has read the path of a request.
    SSL_CTX_clear_options(handle, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_post_handshake_auth(handle, 1);
    return std::nullopt;
}

}  // namespace http
