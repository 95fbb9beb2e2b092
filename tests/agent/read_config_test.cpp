#include <gtest/gtest.h>

#include "agent/config.hpp"
#include "agent/limits.hpp"
#include "rules/limits.hpp"
#include "tests/agent/folder.hpp"

namespace {

using agent::load_config;
using Kind = agent::SecretSource::Kind;
using Security = agent::SmtpConfig::Security;

constexpr auto good_policy = R"(<policy xmlns="urn:mailferry:policy:1" name="Sales" enabled="true">
  <category name="Company CRM"/>
</policy>
)";

std::string config(const std::string& inside) {
    return "<mailferry xmlns=\"urn:mailferry:config:1\">\n" + inside + "</mailferry>\n";
}

constexpr auto journal = R"(<journal file="journal.sqlite"/>
)";
constexpr auto exchange =
    R"(<exchange name="office" url="https://mail.us.example/EWS/Exchange.asmx" user="ferry">
<password environment="PASSWORD"/></exchange>
)";
constexpr auto crm = R"(<crm name="embedded" url="sqlite:crm.sqlite"/>
)";
constexpr auto policy = R"(<policy file="policy.xml" exchange="office" crm="embedded">
<mailbox address="anna@us.example"/></policy>
)";

/// With these notices; the exchange is "office".
std::string with_notices(const std::string& notices) {
    return config(std::string(journal) + exchange + crm + notices + "\n" + policy);
}

/// Everything that is said about a configuration, a line each; "" for a good one.
std::string complaints(const agent_test::Folder& folder, const std::string& text) {
    const auto loaded = load_config(folder.write("config.xml", text));
    std::string told;
    if (loaded) return told;
    const agent::FileProblems problems = loaded.error();
    for (const auto& problem : problems) told += folder.without_path(to_text(problem)) + "\n";
    return told;
}

TEST(ReadConfig, TheSampleIsReadInFull) {
    const std::filesystem::path samples = MAILFERRY_SOURCE "/samples";
    const agent::Config config = load_config(samples / "config/mailferry.xml").value();
    EXPECT_EQ(config.journal, "/var/lib/mailferry/journal.sqlite");
    EXPECT_EQ(config.keep, agent::limits::default_keep);
    EXPECT_EQ(config.retry, agent::RetryConfig{});
    const agent::SmtpConfig smtp{
        "smtp.us.example",
        587,
        Security::starttls,
        "mailferry@us.example",
        "mailferry",
        agent::SecretSource{Kind::file, "/etc/mailferry/smtp.password"},
        ""};
    const agent::NoticesConfig notices{"head-office", "mailferry@us.example", smtp};
    EXPECT_EQ(config.notices, notices);
    agent::ExchangeConfig office;
    office.name = "head-office";
    office.url = "https://mail.us.example/EWS/Exchange.asmx";
    office.user = "US\\mailferry";
    office.password = agent::SecretSource{Kind::file, "/etc/mailferry/exchange.password"};
    ASSERT_EQ(config.exchanges.size(), 1U);
    EXPECT_EQ(config.exchanges[0], office);
    const std::vector<agent::CrmConfig> crms{{"embedded", "sqlite:/var/lib/mailferry/crm.sqlite"}};
    EXPECT_EQ(config.crms, crms);
    ASSERT_EQ(config.policies.size(), 1U);
    const agent::PolicyConfig& entry = config.policies[0];
    EXPECT_EQ(entry.file, (samples / "policies/typical.xml").string());
    EXPECT_EQ(entry.policy.name, "Sales");
    EXPECT_EQ(entry.policy, agent::load_policy(samples / "policies/typical.xml").value());
    const std::vector<agent::MailboxConfig> mailboxes{
        {{"anna@us.example", "anna.berg@us.example"}}, {{"ben@us.example"}, "America/New_York"}};
    EXPECT_EQ(entry.mailboxes, mailboxes);
    EXPECT_EQ(&config.exchange("head-office"), &config.exchanges[0]);
    EXPECT_EQ(&config.crms.at(0), &config.crms[0]);
}

TEST(ReadConfig, RelativePathsCountFromTheFileAndTheRestHasDefaults) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto file =
        folder.write("config.xml", config(std::string(journal) + exchange + crm + policy));
    const agent::Config config = load_config(file).value();
    EXPECT_EQ(config.journal, folder.file("journal.sqlite"));
    EXPECT_EQ(config.crms.at(0).url, "sqlite:" + folder.file("crm.sqlite"));
    EXPECT_EQ(config.policies.at(0).file, folder.file("policy.xml"));
    EXPECT_EQ(config.exchanges.at(0).settle, agent::limits::default_settle);
    EXPECT_TRUE(config.exchanges.at(0).impersonate);
    EXPECT_EQ(config.exchanges.at(0).ca_file, "");
    EXPECT_EQ(config.keep, std::chrono::days(90));
    const agent::RetryConfig ladder{
        {std::chrono::seconds(5), std::chrono::seconds(30), std::chrono::seconds(120)},
        std::chrono::seconds(3600),
        50};
    EXPECT_EQ(config.retry, ladder);
    EXPECT_EQ(config.notices, std::nullopt);
    EXPECT_EQ(config.policies.at(0).mailboxes.at(0).time_zone, "");
    const agent::SecretSource password{Kind::environment, "PASSWORD"};
    EXPECT_EQ(config.exchanges.at(0).password, password);
}

TEST(ReadConfig, EveryOptionOfAnExchangeIsRead) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto file = folder.write(
        "config.xml",
        config(
            std::string(journal) +
            R"(<exchange name="office" url="http://127.0.0.1:1/EWS" user="anna" impersonate="false"
               ca-file="ca.pem" settle-ms="0"><password credential="office"/></exchange>
               <crm name="embedded" url="sqlite::memory:"/>)" +
            policy
        )
    );
    const agent::Config config = load_config(file).value();
    EXPECT_FALSE(config.exchanges.at(0).impersonate);
    EXPECT_EQ(config.exchanges.at(0).ca_file, folder.file("ca.pem"));
    EXPECT_EQ(config.exchanges.at(0).settle.count(), 0);
    const agent::SecretSource password{Kind::credential, "office"};
    EXPECT_EQ(config.exchanges.at(0).password, password);
    EXPECT_EQ(config.crms.at(0).url, "sqlite::memory:");
}

TEST(ReadConfig, TheJournalSaysHowLongAndTheLadderHowOften) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto file = folder.write(
        "config.xml",
        config(
            R"(<journal file="j" keep-days="7"/><retry quick="1 2" then="60" stop-after="4"/>)" +
            std::string(exchange) + crm + policy
        )
    );
    const agent::Config config_read = load_config(file).value();
    EXPECT_EQ(config_read.keep, std::chrono::days(7));
    const agent::RetryConfig ladder{
        {std::chrono::seconds(1), std::chrono::seconds(2)}, std::chrono::seconds(60), 4};
    EXPECT_EQ(config_read.retry, ladder);
}

TEST(ReadConfig, TimesThatAreNoneAreRefused) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    EXPECT_EQ(
        complaints(
            folder,
            config(
                R"(<journal file="j" keep-days="0"/>
<retry quick="5 30" then="soon" stop-after="0"/>
)" + std::string(exchange) +
                crm + policy
            )
        ),
        "config.xml:2:19: keep-days of <journal> is \"0\"; the least is 1\n"
        "config.xml:3:21: then of <retry> is \"soon\"; write a whole number\n"
        "config.xml:3:33: stop-after of <retry> is \"0\"; the least is 1\n"
    );
}

TEST(ReadConfig, NoticesGoOutFromAMailbox) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto file = folder.write(
        "config.xml", with_notices(R"(<notices exchange="office" mailbox="IT@us.example"/>)")
    );
    const agent::NoticesConfig notices{"office", "it@us.example", std::nullopt};
    EXPECT_EQ(load_config(file)->notices, notices);
}

TEST(ReadConfig, NoticesGoOutBySmtp) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto read = [&](const std::string& smtp) {
        const auto file =
            folder.write("config.xml", with_notices("<notices>" + smtp + "</notices>"));
        return load_config(file)->notices.value().smtp.value();
    };
    const agent::SmtpConfig plain{
        "localhost", 25, Security::none, "it@us.example", "", std::nullopt, ""};
    EXPECT_EQ(read(R"(<smtp host="localhost" security="none" from="IT@us.example"/>)"), plain);
    const agent::SmtpConfig full{
        "smtp.us.example",
        2465,
        Security::tls,
        "it@us.example",
        "ferry",
        agent::SecretSource{Kind::file, folder.file("p")},
        folder.file("ca.pem")};
    EXPECT_EQ(
        read(R"(<smtp host="smtp.us.example" port="2465" security="tls" from="it@us.example"
                user="ferry" ca-file="ca.pem"><password file="p"/></smtp>)"),
        full
    );
    EXPECT_EQ(read(R"(<smtp host="h" security="tls" from="a@us.example"/>)").port, 465);
    EXPECT_EQ(read(R"(<smtp host="h" from="a@us.example"/>)").port, 587);
}

TEST(ReadConfig, NoticesThatCannotGoOutAreRefused) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto told = [&](const std::string& notices) {
        return complaints(folder, with_notices(notices));
    };
    EXPECT_EQ(
        told("<notices/>"),
        "config.xml:6:1: notices: give exchange and mailbox, or <smtp>, or both\n"
    );
    EXPECT_EQ(
        told(R"(<notices exchange="office"/>)"),
        "config.xml:6:1: notices: give exchange and mailbox together, or neither\n"
    );
    EXPECT_EQ(
        told(R"(<notices exchange="offices" mailbox="it"/>)"),
        "config.xml:6:1: 'it' is no mail address: write name@domain\n"
        "config.xml:6:1: exchange=\"offices\": there is no <exchange name=\"offices\">\n"
    );
    EXPECT_EQ(
        told(R"(<notices><smtp host="h" from="it" user="u"/></notices>)"),
        "config.xml:6:10: 'it' is no mail address: write name@domain\n"
        "config.xml:6:10: smtp: give user and <password> together, or neither\n"
    );
    EXPECT_EQ(
        told(R"(<notices><smtp host="h" from="a@us.example"><password/></smtp></notices>)"),
        "config.xml:6:45: password: give exactly one of file, environment, credential\n"
        "config.xml:6:10: smtp: give user and <password> together, or neither\n"
    );
    EXPECT_EQ(
        told(R"(<notices><smtp host="h" from="a@us.example" security="none"/></notices>)"),
        "config.xml:6:10: smtp: security=\"none\" is for this machine only: use starttls or tls\n"
    );
}

TEST(ReadConfig, APolicyWithErrorNoticesNeedsAWayForThem) {
    const agent_test::Folder folder;
    std::string telling = good_policy;
    telling.insert(
        telling.find("</policy>"), "<error-notices><to>it@us.example</to></error-notices>\n"
    );
    folder.write("policy.xml", telling);
    EXPECT_EQ(
        complaints(folder, with_notices("")),
        "config.xml:7:1: the policy has <error-notices>, but nothing here says how they go out: "
        "add "
        "<notices>\n"
    );
    EXPECT_EQ(
        complaints(folder, with_notices(R"(<notices exchange="office" mailbox="it@us.example"/>)")),
        ""
    );
}

TEST(ReadConfig, TheTimeZoneOfAMailboxIsHeldAgainstThoseThatThereAre) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    const auto zone = [](const std::string& name) {
        std::string text = std::string(journal) + exchange + crm + policy;
        text.insert(text.find("/></policy>"), " time-zone=\"" + name + "\"");
        return config(text);
    };
    const auto file = folder.write("config.xml", zone("Europe/Berlin"));
    EXPECT_EQ(load_config(file)->policies.at(0).mailboxes.at(0).time_zone, "Europe/Berlin");
    EXPECT_EQ(
        complaints(folder, zone("Europe/Belin")),
        "config.xml:7:1: time-zone: time zone \"Europe/Belin\" is not known; did you mean "
        "\"Europe/Berlin\"?\n"
    );
}

TEST(ReadConfig, MistakesInTheFormAreToldWithTheirPlaces) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    EXPECT_EQ(
        complaints(
            folder,
            config(
                R"(<journal/>
<exchange name="office" url="https://mail.us.example/" user="ferry" settle-ms="soon">
  <password/>
</exchange>
<crms/>
)"
            )
        ),
        "config.xml:1:1: <mailferry> lacks <policy>\n"
        "config.xml:2:1: <journal> has no file; write <journal file=\"…\">\n"
        "config.xml:3:69: settle-ms of <exchange> is \"soon\"; write a whole number\n"
        "config.xml:6:1: <crms> is unknown in <mailferry>; did you mean <crm>? allowed: <journal>, "
        "<retry>, <exchange>, <crm>, <notices>, <policy>\n"
    );
}

TEST(ReadConfig, MistakesInTheMeaningAreToldAllAtOnce) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    EXPECT_EQ(
        complaints(
            folder,
            config(
                R"(<journal file="j"/>
<exchange name="office" url="mail.us.example" user="ferry"><password/></exchange>
<exchange name="office" url="https://mail.us.example/" user="ferry">
  <password file="a" environment="B"/>
</exchange>
<crm name="embedded" url="odoo:https://crm.us.example"/>
<crm name="embedded" url="sqlite:"/>
<policy file="policy.xml" exchange="offices" crm="salesforce">
  <mailbox address="anna"><alias>ben@us.example</alias></mailbox>
  <mailbox address="Ben@US.example"/>
</policy>
)"
            )
        ),
        "config.xml:3:1: url: 'mail.us.example' is no absolute URL; write "
        "https://HOST/EWS/Exchange.asmx\n"
        "config.xml:3:60: password: give exactly one of file, environment, credential\n"
        "config.xml:4:1: a second exchange named 'office': give it a name of its own\n"
        "config.xml:5:3: password: give exactly one of file, environment, credential\n"
        "config.xml:7:1: url 'odoo:https://crm.us.example': this version knows sqlite:PATH, the "
        "embedded "
        "CRM\n"
        "config.xml:8:1: url 'sqlite:': this version knows sqlite:PATH, the embedded CRM\n"
        "config.xml:8:1: a second crm named 'embedded': give it a name of its own\n"
        "config.xml:9:1: exchange=\"offices\": there is no <exchange name=\"offices\">\n"
        "config.xml:9:1: crm=\"salesforce\": there is no <crm name=\"salesforce\">\n"
        "config.xml:10:3: 'anna' is no mail address: write name@domain\n"
        "config.xml:11:3: ben@us.example is named twice: a mailbox stands in one policy only\n"
    );
}

TEST(ReadConfig, TheJournalIsNotTheDatabaseOfACrmWhateverWayLeadsToIt) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    std::filesystem::create_directory(folder.file("data"));
    std::filesystem::create_symlink("data", folder.file("link"));
    const auto with_files = [&](const std::string& of_journal, const std::string& of_crm) {
        return complaints(
            folder,
            config(
                "<journal file=\"" + of_journal + "\"/>\n" + exchange +
                "<crm name=\"embedded\" url=\"sqlite:" + of_crm + "\"/>\n" + policy
            )
        );
    };
    const auto told = [](const std::string& file) {
        return "config.xml:2:1: file=\"" + file +
               "\" is the database of crm 'embedded': name another file for the journal\n";
    };
    EXPECT_EQ(with_files("crm.sqlite", "crm.sqlite"), told("crm.sqlite"));
    EXPECT_EQ(with_files("data/../crm.sqlite", "./crm.sqlite"), told("data/../crm.sqlite"));
    EXPECT_EQ(with_files("link/a", "data/a"), told("link/a"));
    EXPECT_EQ(with_files("data/a", "a"), "");
    EXPECT_EQ(with_files(":memory:", ":memory:"), "");
}

TEST(ReadConfig, PlainHttpToAnotherMachineIsRefused) {
    const agent_test::Folder folder;
    const std::string text = complaints(
        folder,
        R"(<mailferry xmlns="urn:mailferry:config:1"><journal file="j"/><exchange name="office" )"
        R"(url="http://mail.us.example/EWS/Exchange.asmx" user="u"><password file="p"/></exchange>)"
        R"(<crm name="embedded" url="sqlite:c"/>)" +
            std::string(policy) + "</mailferry>"
    );
    EXPECT_NE(text.find("https"), std::string::npos) << text;
    EXPECT_TRUE(text.starts_with("config.xml:1:62: url: ")) << text;
}

TEST(ReadConfig, ThePlaceIsRightInTheFirstLineToo) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    EXPECT_EQ(
        complaints(
            folder,
            R"(<mailferry xmlns="urn:mailferry:config:1"><journal file="j"/><exchange name="office" )"
            R"(url="x" user="u"><password file="p"/></exchange><crm name="embedded" url="sqlite:c"/>)" +
                std::string(policy) + "</mailferry>"
        ),
        "config.xml:1:62: url: 'x' is no absolute URL; write https://HOST/EWS/Exchange.asmx\n"
    );
}

TEST(ReadConfig, WithoutImpersonationThereIsOneMailbox) {
    const agent_test::Folder folder;
    folder.write("policy.xml", good_policy);
    EXPECT_EQ(
        complaints(
            folder,
            config(
                std::string(journal) +
                R"(<exchange name="office" url="https://h/" user="u" impersonate="false">
<password file="p"/></exchange>
<crm name="embedded" url="sqlite:c"/>
<policy file="policy.xml" exchange="office" crm="embedded">
<mailbox address="anna@us.example"/><mailbox address="ben@us.example"/></policy>
)"
            )
        ),
        "config.xml:6:1: exchange 'office' has impersonate=\"false\" and serves one mailbox only: "
        "give "
        "each mailbox an <exchange> of its own, or set impersonate=\"true\"\n"
    );
}

TEST(ReadConfig, MistakesInAPolicyAreNamedWithItsOwnFile) {
    const agent_test::Folder folder;
    folder.write(
        "policy.xml", "<policy xmlns=\"urn:mailferry:policy:1\" name=\"Sales\">\n</policy>\n"
    );
    const auto told = complaints(
        folder,
        config(
            std::string(journal) + exchange + crm + policy +
            R"(<policy file="missing.xml" exchange="office" crm="embedded">
<mailbox address="ben@us.example"/></policy>
)"
        )
    );
    EXPECT_EQ(told.substr(0, 13), "policy.xml:1:") << told;
    EXPECT_NE(told.find("\nmissing.xml: No such file or directory\n"), std::string::npos) << told;
}

TEST(ReadConfig, AFileThatCannotBeReadIsNamedOnce) {
    const agent_test::Folder folder;
    const auto missing = load_config(folder.file("missing.xml"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(
        folder.without_path(to_text(missing.error().at(0))),
        "missing.xml: No such file or directory"
    );
    const std::string blanks(rules::max_xml_bytes + 1, ' ');
    EXPECT_EQ(complaints(folder, blanks), "config.xml: larger than 1048576 bytes\n");
}

TEST(ReadConfig, WhatIsNoXmlIsToldWithItsPlace) {
    const agent_test::Folder folder;
    EXPECT_EQ(complaints(folder, "journal = x\n").substr(0, 15), "config.xml:1:1:");
    EXPECT_EQ(complaints(folder, config("<journal file=\"j\">")).substr(0, 13), "config.xml:2:");
}

TEST(ReadConfig, EveryPolicyOfTheSamplesLoads) {
    for (const std::string name : {"minimal", "typical", "full"}) {
        const auto file =
            std::filesystem::path(MAILFERRY_SOURCE "/samples/policies") / (name + ".xml");
        EXPECT_TRUE(agent::load_policy(file)) << name;
    }
}

}  // namespace
