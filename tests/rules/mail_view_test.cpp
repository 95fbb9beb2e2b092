#include "rules/mail_view.hpp"

#include "tests/rules/story.hpp"

namespace {

std::string addressees(const rules::Mail& mail) {
    std::string text;
    for (const auto& one : mail.addressees)
        text += std::string(to_text(one.position)) + " " + one.key + " " + one.domain + " " +
                one.name + "\n";
    return text;
}

TEST(MailView, AddresseesStandInHeaderOrderWithKeyAndDomain) {
    EXPECT_EQ(
        addressees(story::mail(
            "Bcc: e@e.example\nCc: d@d.example\nTo: Carl <C@Mail.Acme.co.uk>, c2@c.example\n"
            "Reply-To: b@b.example\nFrom: \"Bo, Ann\" <Ann@ACME.example>"
        )),
        "from ann@acme.example acme.example Bo, Ann\n"
        "reply-to b@b.example b.example \n"
        "to c@mail.acme.co.uk acme.co.uk Carl\n"
        "to c2@c.example c.example \n"
        "cc d@d.example d.example \n"
        "bcc e@e.example e.example \n"
    );
}

TEST(MailView, TheAddressIsKeptAsWritten) {
    EXPECT_EQ(
        story::mail("From: Ann.Bo@acme.example").addressees.at(0).address, "Ann.Bo@acme.example"
    );
}

TEST(MailView, AMailFromAnAddressOfTheOwnerIsSent) {
    const auto message = mime::parse("From: A.Smith@US.example\nTo: x@x.example\n\n");
    rules::ItemProperties item;
    item.owner.addresses = {"anna@us.example", "a.smith@us.example"};
    EXPECT_EQ(mail_view(message, message.attachments, item).direction, rules::Direction::sent);
    item.owner.addresses = {"<A.Smith@us.example>"};
    EXPECT_EQ(mail_view(message, message.attachments, item).direction, rules::Direction::sent);
    item.owner.addresses = {"x@x.example"};
    EXPECT_EQ(mail_view(message, message.attachments, item).direction, rules::Direction::received);
    item.owner.addresses = {};
    EXPECT_EQ(mail_view(message, message.attachments, item).direction, rules::Direction::received);
}

TEST(MailView, AnAttachmentHasItsDecodedSize) {
    const std::string bytes =
        "From: a@a.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHi\n--x\n"
        "Content-Type: application/pdf; name=offer.pdf\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename=offer.pdf\n\nSGVsbG8=\n--x--\n";
    const auto message = mime::parse(bytes);
    const auto mail = rules::mail_view(message, message.attachments, {});
    ASSERT_EQ(mail.attachments.size(), 1U);
    EXPECT_EQ(
        mail.attachments[0], (rules::MailAttachment{"offer.pdf", "application/pdf", 5, false})
    );
    EXPECT_EQ(mail.text, "Hi");
}

TEST(MailView, AConversationIsNamedByTheMailThatBeganIt) {
    const auto thread = [](const std::string& headers) {
        const auto message = mime::parse("Message-ID: <3@x.example>\n" + headers + "\n\n");
        return rules::mail_view(message, {}, {}).thread;
    };
    EXPECT_EQ(
        thread("References: <1@x.example> <2@x.example>\nIn-Reply-To: <2@x.example>"),
        "<1@x.example>"
    );
    EXPECT_EQ(thread("In-Reply-To: <2@x.example>"), "<2@x.example>");
    EXPECT_EQ(thread("Subject: new"), "<3@x.example>");
    EXPECT_EQ(rules::mail_view(mime::parse("Subject: x\n\n"), {}, {}).thread, "");
}

TEST(MailView, KeepsWhatTheMailboxKnows) {
    rules::ItemProperties item;
    item.role = rules::role("assign-to/case/17").value();
    item.categories = {"Blue", "Processing Error"};
    const auto message = mime::parse("Message-ID: <7@x.example>\nSubject: Hi\n\n");
    const auto mail = rules::mail_view(message, {}, item);
    EXPECT_EQ(mail.role, item.role);
    EXPECT_EQ(mail.categories, item.categories);
    EXPECT_EQ(mail.subject, "Hi");
    EXPECT_EQ(mail.message_id, "<7@x.example>");
    EXPECT_EQ(mail.fingerprint, "mid:<7@x.example>#66abf1ab98757277");
}

}  // namespace
