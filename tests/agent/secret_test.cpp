#include "agent/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <type_traits>

#include "agent/limits.hpp"
#include "tests/agent/folder.hpp"

namespace {

using agent::read_secret;
using agent::Secret;
using Kind = agent::SecretSource::Kind;

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
    out << value;
};
static_assert(!Streamable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string>);

/// Sets a variable of the environment for one test.
class Variable {
public:
    Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
    ~Variable() { ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
};

std::string refused(const agent::SecretSource& source) {
    const auto secret = read_secret(source);
    if (secret) return "";
    EXPECT_EQ(secret.error().code, agent::errc::denied);
    return secret.error().text;
}

TEST(Secret, OneLineEndBehindItIsNotPartOfIt) {
    const agent_test::Folder folder;
    const auto read = [&](const std::string& text) {
        return read_secret({Kind::file, folder.write("p", text)}).value().reveal();
    };
    EXPECT_EQ(read("hunter2"), "hunter2");
    EXPECT_EQ(read("hunter2\n"), "hunter2");
    EXPECT_EQ(read("hunter2\r\n"), "hunter2");
    EXPECT_EQ(read("hunter2\n\n"), "hunter2\n");
    EXPECT_EQ(read(" spaces stay \n"), " spaces stay ");
}

TEST(Secret, AMissingOrEmptyFileIsNamed) {
    const agent_test::Folder folder;
    EXPECT_EQ(
        folder.without_path(refused({Kind::file, folder.file("p")})),
        "password: p: No such file or directory; write it into that file, one line, readable by "
        "the agent's user alone"
    );
    const auto empty = folder.write("empty", "\n");
    EXPECT_EQ(folder.without_path(refused({Kind::file, empty})), "password: empty is empty");
}

TEST(Secret, AnErrorNeverShowsWhatTheFileHolds) {
    const agent_test::Folder folder;
    const auto path = folder.write("p", "hunter2" + std::string(agent::limits::secret_bytes, 'x'));
    EXPECT_EQ(
        folder.without_path(refused({Kind::file, path})),
        "password: p: larger than 4096 bytes; write it into that file, one line, readable by the "
        "agent's user alone"
    );
}

TEST(Secret, ComesFromTheEnvironment) {
    const Variable variable("MAILFERRY_TEST_PASSWORD", "hunter2");
    const auto secret = read_secret({Kind::environment, "MAILFERRY_TEST_PASSWORD"});
    EXPECT_EQ(secret.value().reveal(), "hunter2");
}

TEST(Secret, AMissingOrEmptyVariableIsNamed) {
    constexpr auto text = "password: the environment variable MAILFERRY_TEST_PASSWORD is not set";
    EXPECT_EQ(refused({Kind::environment, "MAILFERRY_TEST_PASSWORD"}), text);
    const Variable variable("MAILFERRY_TEST_PASSWORD", "");
    EXPECT_EQ(refused({Kind::environment, "MAILFERRY_TEST_PASSWORD"}), text);
}

TEST(Secret, ComesFromTheCredentialsOfSystemd) {
    const agent_test::Folder folder;
    folder.write("exchange", "hunter2\n");
    const Variable variable("CREDENTIALS_DIRECTORY", folder.path().c_str());
    EXPECT_EQ(read_secret({Kind::credential, "exchange"}).value().reveal(), "hunter2");
    EXPECT_EQ(
        folder.without_path(refused({Kind::credential, "crm"})),
        "password: crm: No such file or directory; write it into that file, one line, readable by "
        "the agent's user alone"
    );
}

TEST(Secret, WithoutSystemdTheRemedyIsNamed) {
    ::unsetenv("CREDENTIALS_DIRECTORY");
    EXPECT_EQ(
        refused({Kind::credential, "exchange"}),
        "password: no systemd credentials here; start by systemd with "
        "LoadCredential=exchange:PATH, "
        "or use <password file=\"…\"/>"
    );
}

TEST(Secret, AFileThatEveryUserMayReadIsRefusedWithTheRemedy) {
    using std::filesystem::perms;
    const agent_test::Folder folder;
    const auto path = folder.write("p", "hunter2");
    const auto of_group = perms::owner_read | perms::group_read;
    std::filesystem::permissions(path, of_group | perms::others_read);
    EXPECT_EQ(
        folder.without_path(refused({Kind::file, path})),
        "password: p: every user of this machine may read it. Make it readable by the agent's user "
        "alone: chmod 600 'p'"
    );
    const Variable variable("CREDENTIALS_DIRECTORY", folder.path().c_str());
    EXPECT_NE(refused({Kind::credential, "p"}), "");
    std::filesystem::permissions(path, of_group);
    EXPECT_EQ(refused({Kind::file, path}), "") << "as systemd hands out credentials";
    EXPECT_EQ(refused({Kind::credential, "p"}), "");
}

}  // namespace
