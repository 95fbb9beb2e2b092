// What belongs to the command line as a whole; the sub-commands are tested in commands/.
#include "agent/command_line.hpp"

#include <gtest/gtest.h>

#include "tests/agent/commands/command_line.hpp"

namespace {

using command_line::Ran;
using command_line::run;

TEST(CommandLine, HelpNamesEverySubCommandAndTheExitCodes) {
    const Ran ran = run({"--help"});
    EXPECT_EQ(ran.exit, 0);
    for (const auto* name :
         {"run", "check", "parse", "explain", "replay", "compare", "crm", "queue", "policy"})
        EXPECT_NE(ran.out.find(std::string("\n  ") + name + " "), std::string::npos) << name;
    EXPECT_NE(ran.out.find("Exit codes: 0 done"), std::string::npos);
}

TEST(CommandLine, SaysItsVersion) {
    const Ran ran = run({"--version"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, "mailferry " MAILFERRY_VERSION "\n");
}

TEST(CommandLine, NoSubCommandOrOneThatIsNotThereIsWrongUsage) {
    const Ran none = run({}), unknown = run({"frobnicate"});
    EXPECT_EQ(none.exit, 2);
    EXPECT_NE(none.err.find("subcommand is required"), std::string::npos) << none.err;
    EXPECT_EQ(unknown.exit, 2);
    EXPECT_EQ(
        unknown.err, "mailferry: there is no command 'frobnicate'; mailferry --help lists them\n"
    );
}

TEST(CommandLine, ArgumentsKeepTheirOrder) {
    const Ran ran = run({"parse", "/nonexistent/first.eml", "/nonexistent/second.eml"});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_LT(ran.err.find("first.eml"), ran.err.find("second.eml"));
}

}  // namespace
