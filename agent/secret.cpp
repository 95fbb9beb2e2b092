#include "agent/secret.hpp"

#include <cstdlib>
#include <filesystem>
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

Result<Secret> read_file_secret(const std::filesystem::path& path) {
    if (is_open_to_others(path)) {
        return Error{
            errc::denied,
            "password: " + path.string() +
                ": every user of this machine may read it. Make it readable by the agent's user alone: chmod 600 '" +
                path.string() + "'",
            {}
        };
    }
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

}  // namespace agent
