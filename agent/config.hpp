// The configuration of the agent in memory: what an admin wrote in one file, checked, policies loaded, paths
// absolute. Read by every command that takes --config.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/limits.hpp"
#include "agent/secret.hpp"
#include "rules/error.hpp"
#include "rules/policy.hpp"

namespace agent {

/// A certificate and its private key, PEM files.
struct CertificateConfig {
    std::string file, key;
    bool operator==(const CertificateConfig&) const = default;
};

/// OAuth 2.0 client credentials: the account is an application.
struct OAuthConfig {
    std::string client_id, token_url, scope;
    std::optional<SecretSource> secret;            ///< this …
    std::optional<CertificateConfig> certificate;  ///< … or this
    bool rs256 = false;                            ///< how an assertion is signed: PS256, or RS256 for AD FS
    bool operator==(const OAuthConfig&) const = default;
};

struct ProxyConfig {
    std::string url, user;                 ///< "": no login
    std::optional<SecretSource> password;  ///< with `user`
    std::vector<std::string> except;       ///< hosts reached without it; ".example.com" is all below
    bool operator==(const ProxyConfig&) const = default;
};

struct ExchangeConfig {
    enum class Login { basic, negotiate, oauth };
    std::string name;
    std::string url;  ///< "": Autodiscover finds that of each mailbox
    Login login = Login::basic;
    std::string user;  ///< "" with negotiate: the tickets of the process
    std::optional<SecretSource> password;
    std::string keytab;  ///< with negotiate, in the password's stead
    std::optional<OAuthConfig> oauth;
    std::optional<CertificateConfig> certificate;  ///< for a gateway that demands one
    std::optional<ProxyConfig> proxy;
    std::vector<std::string> redirect_hosts;  ///< beside its own, where EWS or Autodiscover may send us
    bool impersonate = true;
    std::string ca_file;  ///< "" is the system's trust alone
    std::chrono::milliseconds settle = limits::default_settle;
    bool operator==(const ExchangeConfig&) const = default;
};

struct CrmConfig {
    std::string name, url;
    bool operator==(const CrmConfig&) const = default;
};

/// The first address is the primary one; all are comparable.
struct MailboxConfig {
    std::vector<std::string> addresses;
    std::string time_zone = {};  ///< IANA name; "" asks the CRM, then the policy
    bool operator==(const MailboxConfig&) const = default;
};

struct PolicyConfig {
    std::string file;
    rules::Policy policy;
    std::string exchange, crm;  ///< names
    std::vector<MailboxConfig> mailboxes;
    bool operator==(const PolicyConfig&) const = default;
};

/// Waits between the tries of one mail that fails for a reason of its own.
struct RetryConfig {
    std::vector<std::chrono::seconds> quick{limits::quick_waits.begin(), limits::quick_waits.end()};
    std::chrono::seconds then = limits::later_wait;  ///< after the quick ones, again and again
    int stop_after = limits::attempts;               ///< tries; then an admin has to look
    bool operator==(const RetryConfig&) const = default;
};

struct SmtpConfig {
    enum class Security { starttls, tls, none };
    std::string host;
    std::uint16_t port = 587;
    Security security = Security::starttls;
    std::string from;                      ///< address
    std::string user;                      ///< "": no login
    std::optional<SecretSource> password;  ///< with `user`
    std::string ca_file;                   ///< "" is the system's trust alone
    bool operator==(const SmtpConfig&) const = default;
};

/// How notices to admins go out: from a mailbox by EWS, by SMTP, or by SMTP where EWS fails.
struct NoticesConfig {
    std::string exchange, mailbox;  ///< both or none; the mailbox is a comparable address
    std::optional<SmtpConfig> smtp;
    bool operator==(const NoticesConfig&) const = default;
};

struct Config {
    std::string journal;
    std::chrono::days keep = limits::default_keep;  ///< how long the journal remembers what is done
    RetryConfig retry;
    std::optional<NoticesConfig> notices;
    std::vector<ExchangeConfig> exchanges;
    std::vector<CrmConfig> crms;
    std::vector<PolicyConfig> policies;
    bool operator==(const Config&) const = default;

    const ExchangeConfig& exchange(std::string_view name) const;  ///< of a checked Config
};

/// A problem and the file it is in: the configuration or a policy that it names.
struct FileProblem {
    std::string file;
    rules::Problem problem;
    bool operator==(const FileProblem&) const = default;
};
using FileProblems = std::vector<FileProblem>;

/// `FILE:LINE:COL: text`, `FILE: text` where it is the file as a whole.
std::string to_text(const FileProblem& problem);

/// Reads and checks the file and every policy it names: all problems at once, nothing half-loaded.
boost::system::result<Config, FileProblems> load_config(const std::filesystem::path& file);

/// Reads and checks one policy file.
boost::system::result<rules::Policy, FileProblems> load_policy(const std::filesystem::path& file);

/// The text of agent/schema/config.xsd.
std::string_view config_schema();

[[noreturn]] void throw_exception_from_error(
    const FileProblems& problems, const boost::source_location&
);

}  // namespace agent
