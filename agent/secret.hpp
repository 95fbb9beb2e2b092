// Secrets: where they come from (file, environment, systemd credential) and a type that no log
// prints.
#pragma once

#include <string>

#include "agent/error.hpp"

namespace agent {

/// A secret in memory. Not printable by fmt or iostreams, on purpose.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool operator==(const Secret&) const = default;

private:
    std::string value_;
};

struct SecretSource {
    enum class Kind { file, environment, credential };
    Kind kind = Kind::file;
    std::string name;  ///< path, variable, or name below $CREDENTIALS_DIRECTORY
    bool operator==(const SecretSource&) const = default;
};

/// One trailing line end is dropped; a file that others than its owner and group may open is refused. The error names the
/// source and the remedy, never the content.
Result<Secret> read_secret(const SecretSource& source);

/// Whether the file can be a keytab, as far as its beginning tells, and is refused to others as a
/// secret is. The error is errc::denied and names the file and the remedy.
Result<void> check_keytab(const std::string& path);

}  // namespace agent
