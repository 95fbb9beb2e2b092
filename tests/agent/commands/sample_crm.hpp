// What `explain`, `replay`, `compare` and `crm` start from in a test: a folder with the people of
// samples/people.csv in an embedded CRM, and the samples beside it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/agent/commands/command_line.hpp"
#include "tests/scenarios/world.hpp"

namespace command_line {

inline std::string sample_mail(const std::string& name) {
    return (world::samples() / "mail" / (name + ".eml")).string();
}

class SampleCrm : public testing::Test {
protected:
    SampleCrm() { run({"crm", "import", url(), (world::samples() / "people.csv").string()}); }

    std::string url() const { return "sqlite:" + file("crm.sqlite"); }
    std::string file(const std::string& name) const { return (folder_.path / name).string(); }
    std::string write(const std::string& name, const std::string& text) const {
        world::write(folder_.path / name, text);
        return file(name);
    }

    /// `explain` or `replay` with the typical policy on this CRM.
    Ran with_policy(const std::string& command, const std::vector<std::string>& more) const {
        std::vector<std::string> all{command, "--policy", policy(), "--crm", url()};
        all.insert(all.end(), more.begin(), more.end());
        return run(all);
    }

    static std::string policy() { return (world::samples() / "policies" / "typical.xml").string(); }

    /// All that the CRM holds, as `crm list` tells it.
    std::string content() const { return run({"crm", "list", url(), "--json"}).out; }

private:
    world::Folder folder_;
};

}  // namespace command_line
