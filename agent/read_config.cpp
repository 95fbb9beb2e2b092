// Longer than other files: one function an element of the file, and the files that it names.
#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "agent/config.hpp"
#include "agent/config_nodes.hpp"
#include "agent/file.hpp"
#include "agent/read_exchange.hpp"
#include "agent/schedule.hpp"
#include "http/url.hpp"
#include "mime/domain.hpp"
#include "rules/limits.hpp"
#include "rules/read_policy.hpp"
#include "rules/schema.hpp"
#include "rules/xml_places.hpp"
#include "rules/xml_value.hpp"

namespace agent {

namespace {

constexpr std::string_view embedded = "sqlite:";

/// Without links, as far as it exists; as it is where that cannot be told.
std::filesystem::path real_path(const std::string& path) {
    std::error_code ec;
    std::filesystem::path real = std::filesystem::weakly_canonical(path, ec);
    return ec ? std::filesystem::path(path) : real;
}

/// Reads one valid document and collects what is wrong in its meaning.
class Reader {
public:
    /// `xml` is valid and has no byte order mark.
    Reader(const std::filesystem::path& file, std::string_view xml) : nodes_(file, xml, problems) {
        const auto read =
            document_.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
        if (!read) throw std::logic_error("pugixml refuses what libxml2 accepts");
    }

    Config read() {
        const pugi::xml_node root = document_.document_element();
        config_.journal = text(root.child("journal"), "file");
        if (config_.journal != ":memory:") config_.journal = resolve(config_.journal);
        config_.keep = std::chrono::days(root.child("journal")
                                             .attribute("keep-days")
                                             .as_int(static_cast<int>(config_.keep.count())));
        read_retry(root.child("retry"));
        for (const pugi::xml_node node : root.children("exchange")) read_exchange(node);
        for (const pugi::xml_node node : root.children("crm")) read_crm(node);
        check_journal_is_no_crm(root.child("journal"));
        if (const pugi::xml_node node = root.child("notices")) read_notices(node);
        for (const pugi::xml_node node : root.children("policy")) read_policy(node);
        return std::move(config_);
    }

    FileProblems problems;

private:
    std::string resolve(const std::filesystem::path& path) const { return nodes_.resolve(path); }
    static std::string text(const pugi::xml_node& node, const char* attribute) {
        return ConfigNodes::text(node, attribute);
    }
    void problem(const pugi::xml_node& node, std::string text) {
        nodes_.problem(node, std::move(text));
    }

    void read_retry(const pugi::xml_node& node) {
        RetryConfig& retry = config_.retry;
        if (const pugi::xml_attribute quick = node.attribute("quick")) {
            std::istringstream words(quick.value());
            retry.quick.clear();
            for (int seconds = 0; words >> seconds;) retry.quick.emplace_back(seconds);
        }
        const auto then = node.attribute("then").as_int(static_cast<int>(retry.then.count()));
        retry.then = std::chrono::seconds(then);
        retry.stop_after = node.attribute("stop-after").as_int(retry.stop_after);
    }

    void read_notices(const pugi::xml_node& node) {
        NoticesConfig notices;
        notices.exchange = text(node, "exchange");
        notices.mailbox = address(node, text(node, "mailbox"));
        if (notices.exchange.empty() != notices.mailbox.empty()) {
            problem(node, "notices: give exchange and mailbox together, or neither");
        } else if (!notices.exchange.empty() && !names_.contains("exchange " + notices.exchange)) {
            problem(
                node,
                fmt::format(
                    "exchange=\"{0}\": there is no <exchange name=\"{0}\">", notices.exchange
                )
            );
        }
        if (const pugi::xml_node smtp = node.child("smtp")) {
            notices.smtp = read_smtp(smtp);
        } else if (notices.exchange.empty()) {
            problem(node, "notices: give exchange and mailbox, or <smtp>, or both");
        }
        config_.notices = std::move(notices);
    }

    SmtpConfig read_smtp(const pugi::xml_node& node) {
        using Security = SmtpConfig::Security;
        SmtpConfig smtp;
        const std::string security = text(node, "security");
        if (security == "tls") smtp.security = Security::tls;
        if (security == "none") smtp.security = Security::none;
        const unsigned usual = security == "tls" ? 465 : security == "none" ? 25 : smtp.port;
        smtp.port = static_cast<std::uint16_t>(node.attribute("port").as_uint(usual));
        smtp.host = text(node, "host");
        smtp.from = address(node, text(node, "from"));
        smtp.user = text(node, "user");
        if (node.attribute("ca-file")) smtp.ca_file = resolve(text(node, "ca-file"));
        if (const pugi::xml_node password = node.child("password")) {
            smtp.password = nodes_.secret(password);
        }
        if (smtp.user.empty() == smtp.password.has_value()) {
            problem(node, "smtp: give user and <password> together, or neither");
        }
        if (smtp.security == Security::none && !http::is_loopback(smtp.host)) {
            problem(node, "smtp: security=\"none\" is for this machine only: use starttls or tls");
        }
        return smtp;
    }

    /// "" stays "".
    std::string address(const pugi::xml_node& node, const std::string& written) {
        std::string comparable = mime::comparable_address(written);
        if (!written.empty() && mime::domain_of(comparable).empty()) {
            problem(node, fmt::format("'{}' is no mail address: write name@domain", written));
        }
        return comparable;
    }

    void read_exchange(const pugi::xml_node& node) {
        const std::string name = text(node, "name");
        if (!names_.insert("exchange " + name).second) {
            problem(node, fmt::format("a second exchange named '{}': give it a name of its own", name));
        }
        config_.exchanges.push_back(agent::read_exchange(node, nodes_));
    }

    void read_crm(const pugi::xml_node& node) {
        CrmConfig crm{text(node, "name"), text(node, "url")};
        if (!crm.url.starts_with(embedded) || crm.url.size() == embedded.size()) {
            problem(
                node,
                fmt::format("url '{}': this version knows sqlite:PATH, the embedded CRM", crm.url)
            );
        } else if (crm.url != "sqlite::memory:") {
            crm.url = "sqlite:" + resolve(crm.url.substr(embedded.size()));
        }
        if (!names_.insert("crm " + crm.name).second) {
            problem(
                node, fmt::format("a second crm named '{}': give it a name of its own", crm.name)
            );
        }
        config_.crms.push_back(std::move(crm));
    }

    /// Whatever way leads to it: the two would write into one database.
    void check_journal_is_no_crm(const pugi::xml_node& node) {
        if (config_.journal == ":memory:") return;
        for (const CrmConfig& crm : config_.crms) {
            if (!crm.url.starts_with(embedded) || crm.url == "sqlite::memory:") continue;
            if (real_path(crm.url.substr(embedded.size())) != real_path(config_.journal)) continue;
            problem(
                node,
                fmt::format(
                    "file=\"{}\" is the database of crm '{}': name another file for the journal",
                    text(node, "file"),
                    crm.name
                )
            );
        }
    }

    void read_policy(const pugi::xml_node& node) {
        PolicyConfig entry;
        entry.file = resolve(text(node, "file"));
        entry.exchange = text(node, "exchange");
        entry.crm = text(node, "crm");
        for (const auto& [kind, name] :
             {std::pair<std::string, std::string>{"exchange", entry.exchange},
              {"crm", entry.crm}}) {
            if (names_.contains(kind + " " + name)) continue;
            problem(node, fmt::format("{0}=\"{1}\": there is no <{0} name=\"{1}\">", kind, name));
        }
        boost::system::result<rules::Policy, FileProblems> policy = load_policy(entry.file);
        if (policy) {
            entry.policy = std::move(*policy);
        } else {
            const FileProblems found = policy.error();  // a copy: error() returns one each time
            problems.insert(problems.end(), found.begin(), found.end());
        }
        for (const pugi::xml_node mailbox : node.children("mailbox")) read_mailbox(mailbox, entry);
        if (!entry.policy.error_notices.to.empty() && !config_.notices) {
            problem(
                node,
                "the policy has <error-notices>, but nothing here says how they go out: add "
                "<notices>"
            );
        }
        check_account(node, entry);
        config_.policies.push_back(std::move(entry));
    }

    void read_mailbox(const pugi::xml_node& node, PolicyConfig& entry) {
        MailboxConfig mailbox;
        mailbox.addresses.push_back(text(node, "address"));
        for (const pugi::xml_node alias : node.children("alias")) {
            mailbox.addresses.push_back(rules::xml_text(alias.child_value()));
        }
        for (std::string& one : mailbox.addresses) {
            one = address(node, one);
            if (!addresses_.insert(one).second) {
                problem(
                    node, fmt::format("{} is named twice: a mailbox stands in one policy only", one)
                );
            }
        }
        mailbox.time_zone = text(node, "time-zone");
        if (const auto zone = Timetable::make(entry.policy.schedule, mailbox.time_zone); !zone) {
            problem(node, "time-zone: " + zone.error().text);
        }
        entry.mailboxes.push_back(std::move(mailbox));
    }

    /// Without impersonation the account reaches its own mailbox only.
    void check_account(const pugi::xml_node& node, const PolicyConfig& entry) {
        for (const ExchangeConfig& exchange : config_.exchanges) {
            if (exchange.name != entry.exchange || exchange.impersonate) continue;
            if (entry.mailboxes.size() > 1) {
                problem(
                    node,
                    fmt::format(
                        "exchange '{}' has impersonate=\"false\" and serves one mailbox only: give "
                        "each "
                        "mailbox an <exchange> of its own, or set impersonate=\"true\"",
                        exchange.name
                    )
                );
            }
        }
    }

    ConfigNodes nodes_;
    pugi::xml_document document_;
    Config config_;
    std::set<std::string> names_, addresses_;
};

FileProblems unreadable(const std::filesystem::path& file, const Error& error) {
    const std::string named = file.string() + ": ";  // once is enough
    return {{file.string(), {0, 0, error.text.substr(named.size())}}};
}

FileProblems in_file(const std::string& file, rules::Problems problems) {
    FileProblems result;
    for (rules::Problem& problem : problems) result.push_back({file, std::move(problem)});
    return result;
}

}  // namespace

const ExchangeConfig& Config::exchange(std::string_view name) const {
    const auto found = std::ranges::find(exchanges, name, &ExchangeConfig::name);
    if (found == exchanges.end()) throw std::out_of_range("no such name in the configuration");
    return *found;
}

std::string to_text(const FileProblem& problem) {
    if (problem.problem.line == 0) return fmt::format("{}: {}", problem.file, problem.problem.text);
    return fmt::format(
        "{}:{}:{}: {}",
        problem.file,
        problem.problem.line,
        problem.problem.column,
        problem.problem.text
    );
}

boost::system::result<rules::Policy, FileProblems> load_policy(const std::filesystem::path& file) {
    const Result<std::string> text = read_file(file, rules::max_xml_bytes);
    if (!text) return unreadable(file, text.error());
    rules::Checked<rules::Policy> policy = rules::read_policy(*text);
    if (!policy) return in_file(file.string(), policy.error());
    return std::move(*policy);
}

boost::system::result<Config, FileProblems> load_config(const std::filesystem::path& file) {
    const Result<std::string> text = read_file(file, rules::max_xml_bytes);
    if (!text) return unreadable(file, text.error());
    rules::Problems invalid = rules::validate(config_schema(), *text);
    if (!invalid.empty()) return in_file(file.string(), std::move(invalid));
    Reader reader(file, rules::without_bom(*text));
    Config config = reader.read();
    if (!reader.problems.empty()) return std::move(reader.problems);
    return config;
}

void throw_exception_from_error(const FileProblems& problems, const boost::source_location&) {
    throw std::runtime_error(problems.empty() ? "invalid file" : to_text(problems.front()));
}

}  // namespace agent
