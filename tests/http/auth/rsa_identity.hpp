// A self-signed RSA certificate as an application registers it, and its files. Separate from
// certificates.hpp because making such a key is slow and only client assertions need one.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "tests/http/certificates.hpp"

namespace testing_http {

inline Identity make_rsa_identity(const Wanted& wanted, unsigned bits = 2048) {
    Identity made = make_identity(wanted);
    made.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)));
    X509_set_pubkey(made.certificate.get(), made.key.get());
    if (X509_sign(made.certificate.get(), made.key.get(), EVP_sha256()) == 0) {
        throw std::logic_error("cannot sign a certificate");
    }
    return made;
}

/// The same for all tests of the process.
inline const Identity& rsa_identity() {
    static const Identity made = make_rsa_identity({"mailferry", "DNS:localhost", -1, 30, false});
    return made;
}

/// A folder that goes away with it.
class Files {
public:
    Files() {
        std::string name =
            (std::filesystem::temp_directory_path() / "mailferry_oauth_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
        folder_ = name;
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    ~Files() { std::filesystem::remove_all(folder_); }

    /// Its path.
    std::string write(const std::string& name, const std::string& text) const {
        const std::string path = folder_ / name;
        write_file(path, text);
        return path;
    }
    std::string path(const std::string& name) const { return folder_ / name; }

private:
    std::filesystem::path folder_;
};

}  // namespace testing_http
