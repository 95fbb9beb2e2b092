#include "rules/read_precautions.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using rules::OnForbidden;

class Element {
public:
    explicit Element(const std::string& xml) { document_.load_string(xml.c_str()); }
    pugi::xml_node node() const { return document_.document_element(); }

private:
    pugi::xml_document document_;
};

TEST(ReadPrecautions, WhatIsNotWrittenIsAsByDefault) {
    EXPECT_EQ(rules::read_error_notices({}), (rules::ErrorNotices{5, {}}));
    EXPECT_EQ(
        rules::read_permission_errors({}),
        (rules::PermissionErrors{
            OnForbidden::retry, OnForbidden::retry, OnForbidden::retry, OnForbidden::retry})
    );
    EXPECT_EQ(rules::read_loop_brakes({}), (rules::LoopBrakes{100, 30, std::chrono::minutes(60)}));
}

TEST(ReadPrecautions, NoticesGoToAllWhoAreNamed) {
    const Element notices(
        "<error-notices threshold='2'><to> Admin@US.example "
        "</to><to>x@x.example</to></error-notices>"
    );
    EXPECT_EQ(
        rules::read_error_notices(notices.node()),
        (rules::ErrorNotices{2, {"Admin@us.example", "x@x.example"}})
    );
}

TEST(ReadPrecautions, EachRightHasItsOwnReaction) {
    const auto read = [](const std::string& attribute) {
        const Element element("<permission-errors " + attribute + "/>");
        return rules::read_permission_errors(element.node());
    };
    EXPECT_EQ(read("create-account='ignore'").create_account, OnForbidden::ignore);
    EXPECT_EQ(read("create-person='rollback'").create_person, OnForbidden::rollback);
    EXPECT_EQ(read("create-record=' ignore '").create_record, OnForbidden::ignore);
    EXPECT_EQ(read("archive='rollback'").archive, OnForbidden::rollback);
    EXPECT_EQ(read("archive='retry'"), rules::PermissionErrors{});
}

TEST(ReadPrecautions, ABrakeOfZeroIsNone) {
    const Element brakes("<loop-brakes per-sender='0' per-thread='7' minutes='5'/>");
    EXPECT_EQ(
        rules::read_loop_brakes(brakes.node()), (rules::LoopBrakes{0, 7, std::chrono::minutes(5)})
    );
}

}  // namespace
