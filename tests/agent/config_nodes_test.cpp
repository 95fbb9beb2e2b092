#include "agent/config_nodes.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace {

using agent::ConfigNodes;
using Kind = agent::SecretSource::Kind;

class ConfigNodesTest : public testing::Test {
protected:
    pugi::xml_node root(const char* xml) {
        xml_ = xml;
        document_.load_string(xml);
        return document_.document_element();
    }
    ConfigNodes nodes() { return {"/etc/mailferry/config.xml", xml_, problems_}; }
    std::string told() const {
        std::string text;
        for (const auto& problem : problems_) text += to_text(problem) + "\n";
        return text;
    }

    std::string xml_;
    pugi::xml_document document_;
    agent::FileProblems problems_;
};

TEST_F(ConfigNodesTest, FilesCountFromTheFolderOfTheConfiguration) {
    EXPECT_EQ(nodes().resolve("ca.pem"), "/etc/mailferry/ca.pem");
    EXPECT_EQ(nodes().resolve("../ca.pem"), "/etc/ca.pem");
    EXPECT_EQ(nodes().resolve("/srv/ca.pem"), "/srv/ca.pem");
}

TEST_F(ConfigNodesTest, AListIsSeparatedByWhiteSpace) {
    const auto node = root(R"(<a hosts=" one.example  two.example " empty=""/>)");
    EXPECT_EQ(
        ConfigNodes::words(node, "hosts"), (std::vector<std::string>{"one.example", "two.example"})
    );
    EXPECT_TRUE(ConfigNodes::words(node, "empty").empty());
    EXPECT_TRUE(ConfigNodes::words(node, "missing").empty());
}

TEST_F(ConfigNodesTest, ASecretHasOneSource) {
    const auto node =
        root(R"(<a><b file="secret"/><c environment="SECRET"/><d credential="secret"/></a>)");
    EXPECT_EQ(
        nodes().secret(node.child("b")), (agent::SecretSource{Kind::file, "/etc/mailferry/secret"})
    );
    EXPECT_EQ(nodes().secret(node.child("c")), (agent::SecretSource{Kind::environment, "SECRET"}));
    EXPECT_EQ(nodes().secret(node.child("d")), (agent::SecretSource{Kind::credential, "secret"}));
    EXPECT_EQ(told(), "");
}

TEST_F(ConfigNodesTest, ASecretWithTwoSourcesOrNoneIsNamedWithItsPlace) {
    const auto node =
        root("<a>\n  <password/>\n  <secret file=\"one\" environment=\"TWO\"/>\n</a>");
    nodes().secret(node.child("password"));
    nodes().secret(node.child("secret"));
    EXPECT_EQ(
        told(),
        "/etc/mailferry/config.xml:2:3: password: give exactly one of file, environment, "
        "credential\n"
        "/etc/mailferry/config.xml:3:3: secret: give exactly one of file, environment, credential\n"
    );
}

}  // namespace
