#include "tests/soak/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "agent/journal.hpp"
#include "crm/embedded/schema.hpp"
#include "tests/crash/mails.hpp"
#include "tests/http/certificates.hpp"

namespace soak {

namespace {

constexpr std::string_view policy_start =
    "<policy xmlns=\"urn:mailferry:policy:1\" name=\"Sales\" enabled=\"true\">\n"
    "  <category name=\"Company CRM\"/>\n"
    "  <own-domains><domain>us.example</domain></own-domains>\n"
    "  <modules><opportunity/><case/><project/><quote/></modules>\n";

constexpr std::string_view filing =
    "  <smart-convert enabled=\"true\"/>\n"
    "  <inbox enabled=\"true\"><create people=\"true\"/></inbox>\n"
    "  <sent-items enabled=\"true\"><create people=\"true\"/></sent-items>\n"
    "  <loop-brakes per-sender=\"0\" per-thread=\"0\"/>\n"
    "</policy>\n";

constexpr std::string_view purging =
    "  <smart-convert enabled=\"true\" delete-after-success=\"true\"/>\n"
    "</policy>\n";

void write(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path) << text;
}

/// The agent trusts the authority in ca.pem, and the server has a certificate by it.
ews::simulator::Options certified(const std::filesystem::path& folder) {
    using namespace testing_http;
    std::filesystem::create_directories(folder);
    Wanted authority;
    authority.common_name = "Soak CA";
    authority.is_ca = true;
    Wanted named;
    named.common_name = "exchange";
    const Identity ca = make_identity(authority), server = make_identity(named, &ca);
    write(folder / "ca.pem", certificate_pem(ca));
    write(folder / "server.pem", certificate_pem(server));
    write(folder / "server.key", key_pem(server));
    ews::simulator::Options options;
    options.certificate = (folder / "server.pem").string();
    options.private_key = (folder / "server.key").string();
    options.heartbeat = std::chrono::seconds(5);
    options.latency = std::chrono::milliseconds(5);
    options.ways.back_ends = 2;
    return options;
}

std::vector<std::string> named_users(int count) {
    std::vector<std::string> users = {crash::purging_user};
    for (int i = 1; i < std::max(count, 3); ++i)
        users.push_back(fmt::format("user{}@us.example", i));
    return users;
}

}  // namespace

Site::Site(const Plan& plan)
    : folder_(plan.folder), users_(named_users(plan.mailboxes)), exchange_(certified(plan.folder)) {
    for (const std::string& user : users_) exchange_.add_mailbox(user);
    exchange_.add_service_account("ferry@us.example");
    exchange_.start();
    configure();
    const auto made = crm::embedded::open_database(crm().string(), crm::embedded::Opening::create);
    if (!made) throw std::runtime_error(made.error().text);
}

std::vector<std::string> Site::filing_users() const {
    return {users_.begin() + 1, users_.end()};
}

void Site::configure() const {
    write(folder_ / "password", "secret\n");
    using std::filesystem::perms;
    std::filesystem::permissions(folder_ / "password", perms::owner_read | perms::owner_write);
    write(folder_ / "filing.xml", std::string(policy_start).append(filing));
    write(folder_ / "purging.xml", std::string(policy_start).append(purging));
    const auto mailboxes = [](const std::vector<std::string>& users) {
        std::string xml;
        for (const std::string& user : users) xml += "    <mailbox address=\"" + user + "\"/>\n";
        return xml;
    };
    const auto policy = [&](const char* file, const std::vector<std::string>& users) {
        return fmt::format(
            "  <policy file=\"{}\" exchange=\"simulator\" crm=\"embedded\">\n{}  </policy>\n",
            file,
            mailboxes(users)
        );
    };
    write(
        config(),
        "<mailferry xmlns=\"urn:mailferry:config:1\">\n  <journal file=\"journal.sqlite\"/>\n"
        "  <exchange name=\"simulator\" url=\"" +
            exchange_.url() +
            "\" user=\"ferry@us.example\" settle-ms=\"500\" ca-file=\"ca.pem\">\n"
            "    <password file=\"password\"/>\n  </exchange>\n"
            "  <crm name=\"embedded\" url=\"sqlite:crm.sqlite\"/>\n" +
            policy("filing.xml", filing_users()) +
            policy("purging.xml", {std::string(crash::purging_user)}) + "</mailferry>\n"
    );
}

bool Site::is_read() const {
    const auto opened = agent::Journal::open_beside(journal().string());
    if (!opened) return false;
    for (const std::string& user : filing_users()) {
        for (const auto& folder : exchange_.folders(user)) {
            if (folder.distinguished != "inbox" && folder.distinguished != "sentitems") continue;
            const auto progress = (*opened)->progress(user, folder.id);
            if (!progress || !*progress || (*progress)->from_start) return false;
        }
    }
    return true;
}

}  // namespace soak
