#include "agent/parse_json.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "crm/sha256.hpp"
#include "mime/parse.hpp"

namespace {

constexpr std::string_view mail =
    "From: =?utf-8?Q?J=C3=B6rg?= <joerg@US.example>\n"
    "To: undisclosed-recipients:;\n"
    "Subject: Plan\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\n"
    "Message-ID: <plan.1@us.example>\n"
    "Auto-Submitted: auto-generated\n"
    "Content-Type: multipart/mixed; boundary=b\n"
    "\n"
    "--b\n\n"
    "see plan\n"
    "--b\nContent-Type: image/png\nContent-Disposition: inline; filename=p.png\n"
    "Content-ID: <p@us>\nContent-Transfer-Encoding: base64\n\n"
    "YWJj\n"
    "--b--\n";

/// Keys in any order: compared as values.
boost::json::value expected() {
    return boost::json::parse(R"({
        "file": "plan.eml",
        "bytes": 409,
        "from": [{"name": "Jörg", "address": "joerg@us.example"}],
        "sender": [], "reply_to": [], "to": [], "cc": [], "bcc": [],
        "subject": "Plan",
        "date": "2026-11-23T09:00:00Z",
        "message_id": "<plan.1@us.example>",
        "in_reply_to": [], "references": [],
        "text": "see plan", "html": null, "text_from_html": false, "new_text": "see plan",
        "attachments": [{
            "filename": "p.png", "content_type": "image/png", "size": 3,
            "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "inline": true, "content_id": "p@us", "contains": []}],
        "traits": ["auto-reply"], "traits_why": {"auto-reply": "Auto-Submitted: auto-generated"},
        "problems": []})");
}

}  // namespace

TEST(ParseJson, HasEveryKeyOfTheContract) {
    auto json = agent::parse_json("plan.eml", mail, mime::parse(mail));
    EXPECT_EQ(json["sha256"].as_string(), std::string_view(crm::sha256(mail)));
    json.erase("sha256");
    json["bytes"] = json["bytes"].to_number<int>();
    auto want = expected().as_object();
    want["bytes"] = mail.size();
    EXPECT_EQ(boost::json::value(json), boost::json::value(want)) << boost::json::serialize(json);
}

TEST(ParseJson, WhatIsMissingIsNullAndWhatIsWrongIsSaid) {
    const auto json = agent::parse_json("-", "x", mime::parse("Date: soon\n\n"));
    EXPECT_TRUE(json.at("date").is_null());
    EXPECT_EQ(
        boost::json::serialize(json.at("problems")),
        R"([{"where":"header Date","what":"'soon' is no date"}])"
    );
}

TEST(ParseJson, FileNamesThatAreNotUtf8BecomeValid) {
    const auto json = agent::parse_json("\xFC.eml", "", mime::parse(""));
    EXPECT_EQ(json.at("file").as_string(), "ü.eml");
}

TEST(ParseJson, TextForAdminsCannotBeForgedByAFileName) {
    const std::string forged =
        "Content-Type: application/pdf; name=\"=?utf-8?Q?a=0AProblem_b?=\"\n\nx";
    const auto text = agent::parse_text("a.eml", forged, mime::parse(forged));
    EXPECT_EQ(text.find("\nProblem"), std::string::npos) << text;
}

TEST(ParseJson, TextForAdminsNamesWhatThereIs) {
    EXPECT_EQ(
        agent::parse_text("plan.eml", mail, mime::parse(mail)),
        "plan.eml (" + std::to_string(mail.size()) +
            " bytes)\n"
            "From        Jörg <joerg@us.example>\n"
            "Subject     Plan\n"
            "Date        2026-11-23T09:00:00Z\n"
            "Message-ID  <plan.1@us.example>\n"
            "Trait       auto-reply (Auto-Submitted: auto-generated)\n"
            "Attachment  p.png, image/png, 3 bytes, inline\n"
            "\nsee plan\n"
    );
}
