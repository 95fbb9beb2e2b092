// `mailferry check`: what an admin sees before she starts the agent.
#include <gtest/gtest.h>

#include "tests/agent/commands/command_line.hpp"
#include "tests/scenarios/world.hpp"

namespace {

using command_line::lines;
using command_line::run;

std::string policy(const std::string& name) {
    return (world::samples() / "policies" / name).string();
}

TEST(CheckCommand, AValidPolicyAndAValidConfigurationAreSaidToBeSo) {
    const std::string config = (world::samples() / "config" / "mailferry.xml").string();
    const auto ran = run({"check", policy("typical.xml"), config});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, policy("typical.xml") + ": valid\n" + config + ": valid\n");
    EXPECT_EQ(ran.err, "");
}

TEST(CheckCommand, OfAValidPolicyThatDoesNothingItSaysWhy) {
    const world::Folder folder;
    const std::string file = (folder.path / "policy.xml").string();
    const auto check = [&](const std::string& enabled, const std::string& inner) {
        world::write(
            file,
            "<policy xmlns=\"urn:mailferry:policy:1\" name=\"A\" enabled=\"" + enabled +
                "\"><category name=\"CRM\"/>" + inner + "</policy>"
        );
        return run({"check", file}).out;
    };
    EXPECT_EQ(
        check("false", "<smart-convert enabled=\"true\"/>"),
        file + ": valid, but disabled: nothing is done until it says enabled=\"true\"\n"
    );
    EXPECT_EQ(
        check("true", "<modules><case/></modules>"),
        file + ": valid, but it does nothing: none of <smart-convert>, <inbox> and <sent-items> is enabled\n"
    );
    EXPECT_EQ(check("true", "<sent-items enabled=\"true\"/>"), file + ": valid\n");
}

TEST(CheckCommand, NamesEveryProblemOfAPolicyWithItsPlace) {
    const std::string file = policy("invalid/several.xml");
    const auto ran = run({"check", file});
    std::string expected;
    for (const std::string& line : lines(world::read(file + ".expected"))) {
        expected += file + ":" + line + "\n";
    }
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(ran.out, expected);
}

TEST(CheckCommand, AProblemOfAPolicyIsFoundThroughTheConfigurationToo) {
    const world::Folder folder;
    world::write(folder.path / "policy.xml", world::read(policy("invalid/several.xml")));
    const std::string config = (folder.path / "mailferry.xml").string();
    world::write(
        config,
        "<mailferry xmlns=\"urn:mailferry:config:1\">\n"
        "  <journal file=\"journal.sqlite\"/>\n"
        "  <exchange name=\"here\" url=\"https://mail.us.example/EWS/Exchange.asmx\" "
        "user=\"ferry\">\n"
        "    <password file=\"password\"/>\n"
        "  </exchange>\n"
        "  <crm name=\"embedded\" url=\"sqlite:crm.sqlite\"/>\n"
        "  <policy file=\"policy.xml\" exchange=\"there\" crm=\"embedded\">\n"
        "    <mailbox address=\"anna@us.example\"/>\n"
        "  </policy>\n"
        "</mailferry>\n"
    );
    const auto ran = run({"check", config});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_NE(ran.out.find(config + ":7:"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("there is no <exchange name=\"there\">"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find((folder.path / "policy.xml").string() + ":5:31: "), std::string::npos)
        << ran.out;
}

TEST(CheckCommand, AMissingFileIsNotAnInvalidOneAndTheOthersAreStillChecked) {
    const world::Folder folder;
    const std::string missing = (folder.path / "missing.xml").string();
    const auto ran = run({"check", missing, policy("typical.xml")});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(ran.err, "mailferry: " + missing + ": No such file or directory\n");
    EXPECT_EQ(ran.out, policy("typical.xml") + ": valid\n");
}

TEST(CheckCommand, WithoutAFileItIsUsedWrongly) {
    const auto ran = run({"check"});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_NE(ran.err.find("files"), std::string::npos) << ran.err;
}

TEST(CheckCommand, HelpIsNoError) {
    const auto ran = run({"check", "--help"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(ran.out.find("--connect"), std::string::npos) << ran.out;
}

// G1.2
TEST(CheckCommand, ANameOfTheCategoryThatIsFrozenIsAProblem) {
    world::World world(world::samples() / "policies" / "typical.xml", {}, {"anna@us.example"});
    world.configure(world.exchange.url());
    const auto check = [&] { return run({"check", world.config_file().string()}); };
    agent::Journal::open(world.journal()).value()->freeze("anna@us.example", "Old CRM", world.clock.now()).value();
    const auto refused = check();
    EXPECT_EQ(refused.exit, 2);
    EXPECT_NE(refused.out.find("policy reinitialise --category"), std::string::npos) << refused.out;
    agent::Journal::open(world.journal()).value()->accept("anna@us.example", "Company CRM").value();
    EXPECT_EQ(check().exit, 0);
}

}  // namespace
