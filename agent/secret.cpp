#include "agent/secret.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "agent/file.hpp"
#include "agent/limits.hpp"

namespace agent {

namespace {

/// As of private keys (http/client_certificate): who shares the machine must not share the password.
bool is_open_to_others(const std::filesystem::path& path) {
    std::error_code ec;
    const std::filesystem::file_status status = std::filesystem::status(path, ec);
    if (ec || !std::filesystem::is_regular_file(status)) return false;
    return (status.permissions() & std::filesystem::perms::others_all) != std::filesystem::perms::none;
}

Error open_to_others(const std::string& use, const std::string& path) {
    return {
        errc::denied,
        use + ": " + path +
            ": every user of this machine may read it. Make it readable by the agent's user alone: "
            "chmod 600 '" +
            path + "'",
        {}};
}

Result<Secret> read_file_secret(const std::filesystem::path& path) {
    if (is_open_to_others(path)) return open_to_others("password", path.string());
    Result<std::string> text = read_file(path, limits::secret_bytes);
    if (!text) {
        return Error{
            errc::denied,
            "password: " + text.error().text +
                "; write it into that file, one line, readable by the agent's user alone",
            {}
        };
    }
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    if (text->empty()) return Error{errc::denied, "password: " + path.string() + " is empty", {}};
    return Secret(std::move(*text));
}

}  // namespace

Result<Secret> read_secret(const SecretSource& source) {
    if (source.kind == SecretSource::Kind::file) return read_file_secret(source.name);
    if (source.kind == SecretSource::Kind::environment) {
        const char* value = std::getenv(source.name.c_str());
        if (value != nullptr && *value != '\0') return Secret(value);
        return Error{
            errc::denied, "password: the environment variable " + source.name + " is not set", {}
        };
    }
    const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
    if (directory != nullptr) {
        return read_file_secret(std::filesystem::path(directory) / source.name);
    }
    return Error{
        errc::denied,
        "password: no systemd credentials here; start by systemd with LoadCredential=" + source.name +
            ":PATH, or use <password file=\"…\"/>",
        {}
    };
}

// https://web.mit.edu/kerberos/krb5-latest/doc/formats/keytab_file_format.html
Result<void> check_keytab(const std::string& path) {
    constexpr std::string_view beginning = "\x05\x02";
    constexpr auto remedy =
        "; put there what ktutil or ktpass has made for the account, readable by the agent's user "
        "alone";
    if (is_open_to_others(path)) return open_to_others("keytab", path);
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{errc::denied, "keytab: " + path + ": " + std::strerror(errno) + remedy, {}};
    std::array<char, beginning.size()> head{};
    file.read(head.data(), head.size());
    if (std::string_view(head.data(), head.size()) == beginning) return {};
    return Error{errc::denied, "keytab: " + path + ": this is no keytab" + remedy, {}};
}

}  // namespace agent
