#include "mime/new_text.hpp"

#include <gtest/gtest.h>

#include "mime/limits.hpp"

using mime::new_text;
using mime::new_text_of_html;
using mime::NewText;

namespace {

/// What is left of `text` where a quotation was cut and no signature.
std::string answer(std::string_view text) {
    const auto found = new_text(text);
    EXPECT_TRUE(found.quote_cut);
    EXPECT_FALSE(found.signature_cut);
    return found.text;
}

void expect_whole(std::string_view text) {
    EXPECT_EQ(new_text(text), (NewText{std::string(text), false, false}));
}

}  // namespace

TEST(NewText, AMailWithoutQuotationIsWhole) {
    expect_whole("Hello Anna,\n\nforty belts.\n\n  indented\n\nJohn");
    expect_whole("");
    EXPECT_EQ(new_text("\n\nHello\n\n\n").text, "Hello");
}

TEST(NewText, TheAnswerStandsAboveTheQuotation) {
    EXPECT_EQ(
        answer("Gate 4.\n"
               "\n"
               "On Mon, Nov 23, 2026 at 9:55 AM Anna Berg <anna@us.example> wrote:\n"
               "\n"
               "> Which gate?\n"
               ">\n"
               "> > When will they be here?\n"),
        "Gate 4."
    );
}

TEST(NewText, TheAnswerStandsBelowTheQuotation) {
    EXPECT_EQ(
        answer("Am 23.11.26 um 09:55 schrieb Anna Berg:\n"
               "> Ist die Zufahrt frei?\n"
               "\n"
               "Ja.\n"
               "\n"
               "Tom Becker\n"),
        "Ja.\n\nTom Becker"
    );
}

TEST(NewText, AnswersBetweenAreKeptInOrder) {
    EXPECT_EQ(
        answer("Bonjour,\n"
               "\n"
               "Le 23/11/2026 à 09:55, Anna Berg a écrit :\n"
               "> À quelle adresse ?\n"
               "À Lyon.\n"
               "\n"
               "> Combien ?\n"
               "\n"
               "Quarante.\n"
               "Et dix de réserve.\n"),
        "Bonjour,\n\nÀ Lyon.\n\nQuarante.\nEt dix de réserve."
    );
}

TEST(NewText, AQuotationThatIsNotMarkedGoesOnToTheEnd) {
    EXPECT_EQ(
        answer("Sí.\n"
               "\n"
               "El lun, 23 nov 2026 a las 9:55, Anna Berg (<anna@us.example>) escribió:\n"
               "¿Dos lotes?\n"
               "\n"
               "Anna\n"),
        "Sí."
    );
}

TEST(NewText, TheFieldsOfOutlookBeginAQuotation) {
    EXPECT_EQ(
        answer("Nee.\n"
               "\n"
               "________________________________\n"
               "Van: Anna Berg <anna@us.example>\n"
               "Verzonden: maandag 23 november 2026 09:55\n"
               "Aan: Paul van Dijk\n"
               "Onderwerp: Pompen\n"
               "\n"
               "Kan het volgende week?\n"),
        "Nee."
    );
}

TEST(NewText, OnlyAQuotationLeavesNothing) {
    EXPECT_EQ(answer("> Which gate?\n>\n> Anna\n"), "");
    EXPECT_EQ(answer("On Mon, 23 Nov 2026 at 09:55, Anna Berg wrote:\n> Which gate?\n"), "");
}

TEST(NewText, WhatCannotBeToldFromAnAnswerIsKept) {
    expect_whole("On 23/11/2026 09:55, Anna Berg wrote:\n\nWhich gate?\n\nGate 4.");
    expect_whole("On Monday he wrote:\n\nGate 4 is closed.");
    expect_whole("Am 23.11.2026 um 10:15 Uhr schrieb uns der Architekt:\n\nBreiter, bitte.");
    expect_whole("From: Hamburg\nTo: Munich\nDate: 3 December\n\nTwelve pallets.");
}

TEST(NewText, TheFormOfAWebPageIsWhatTheMailSays) {
    expect_whole(
        "A visitor has filled in the form:\n"
        "\n"
        "From: Kim Lee <kim@x.example>\n"
        "Date: 23 November 2026 09:55\n"
        "Subject: Pumps\n"
        "\n"
        "Do you have twelve in stock?"
    );
}

TEST(NewText, FreightIsWhatTheMailSays) {
    expect_whole(
        "Bitte abholen:\n"
        "\n"
        "Von: Hamburg\n"
        "Nach: Kiel\n"
        "Datum: 3. Dezember\n"
        "Betreff: drei Kisten\n"
        "\n"
        "Die Rampe ist frei."
    );
}

TEST(NewText, AReceiptIsWhatTheMailSays) {
    expect_whole(
        "Your message\n"
        "\n"
        "   To: John Smith\n"
        "   Subject: Belts for press 4711\n"
        "   Sent: Monday, November 23, 2026 9:55:00 AM (UTC+01:00)\n"
        "\n"
        "was read on Monday, November 23, 2026 10:15:00 AM (UTC+01:00)."
    );
    expect_whole(
        "Ihre Nachricht\n"
        "\n"
        "   An: tom@b.example\n"
        "   Betreff: Türen\n"
        "   Gesendet: Montag, 23. November 2026 09:55:00\n"
        "\n"
        "wurde am Montag, 23. November 2026 10:15:00 gelesen."
    );
}

TEST(NewText, APromiseOfAQuotationWithoutDateNeedsTheMarks) {
    EXPECT_EQ(answer("See there.\n\nAnna Berg wrote:\n> Which gate?\n"), "See there.");
    expect_whole("See there.\n\nAnna Berg wrote:\nWhich gate?");
}

TEST(NewText, AWrappedAttributionIsOne) {
    EXPECT_EQ(
        answer("Prima.\n"
               "\n"
               "Op ma 23 nov 2026 om 09:55 schreef Us Customer Service (Anna Berg) <\n"
               "anna@us.example>:\n"
               "\n"
               "> Kan het dinsdag?\n"),
        "Prima."
    );
    EXPECT_EQ(
        answer("Am Dienstag passt es.\n"
               "Am Mo., 23. Nov. 2026 um 09:55 Uhr\n"
               "schrieb Anna Berg <\n"
               "anna@us.example>:\n"
               "> Wann?\n"),
        "Am Dienstag passt es."
    );
}

TEST(NewText, TextAndAttributionMayShareALine) {
    EXPECT_EQ(answer("fine On Wed, Apr 4, 2012 at 3:59 PM, bob@us.example wrote:\n> Hi"), "fine");
    EXPECT_EQ(answer("fine--- On Wed, Apr 4, 2012, bob@us.example wrote:\n> Hi"), "fine");
}

TEST(NewText, ALinkThatBrokeOutOfAQuotationIsQuoted) {
    EXPECT_EQ(answer("Seen.\n\n> See https://us.example/ticket?\nid=3dd518\n> Anna\n"), "Seen.");
}

TEST(NewText, OrnamentIsNoQuotation) {
    expect_whole("Come in!\n>>> >>> www.us.example <<<\nWe are open.");
}

TEST(NewText, OfAForwardedMailOnlyWhatWasWrittenAboveIsNew) {
    EXPECT_EQ(
        answer("Mike, can you be there?\n"
               "\n"
               "---------- Forwarded message ---------\n"
               "From: Anna Berg <anna@us.example>\n"
               "Date: Mon, Nov 23, 2026 at 9:55 AM\n"
               "Subject: Belts\n"
               "To: John Smith <j.smith@northwind.example>\n"
               "\n"
               "Thursday at eight.\n"),
        "Mike, can you be there?"
    );
}

TEST(NewText, AForwardedMailWithNothingAboveIsWhatTheMailSays) {
    const std::string gmail =
        "---------- Forwarded message ---------\n"
        "From: Anna Berg <anna@us.example>\n"
        "Date: Mon, Nov 23, 2026 at 9:55 AM\n"
        "Subject: Belts\n"
        "To: John Smith <j.smith@northwind.example>\n"
        "\n"
        "Thursday at eight.";
    expect_whole(gmail);
    EXPECT_EQ(new_text("Sent from my iPhone\n\n" + gmail), (NewText{gmail, false, true}));
    const std::string outlook =
        "Von: Anna Berg\nGesendet: Montag, 23. November 2026 09:55\nAn: Tom Becker\n"
        "Betreff: Türen\n\nDonnerstag um acht.";
    expect_whole(outlook);
    expect_whole("> Begin forwarded message:\n>\n> From: Anna Berg <anna@us.example>\n>\n> Hi");
}

TEST(NewText, ASignatureAboveTheQuotationIsCutAsWell) {
    const NewText expected{"Gate 4.", true, true};
    EXPECT_EQ(
        new_text("Gate 4.\n\n-- \nJohn Smith\nNorthwind\n\nOn 23 Nov 2026, Anna Berg wrote:\n> Hi\n"
        ),
        expected
    );
    EXPECT_EQ(new_text("Gate 4.\n\nSent from my iPhone\n\n> On Monday: which gate?\n"), expected);
    EXPECT_EQ(new_text("Sent from my iPhone\n"), (NewText{"", false, true}));
}

TEST(NewText, HugeTextIsCutBetweenWords) {
    std::string text(mime::limits::new_text - 5, 'x');
    EXPECT_EQ(new_text(text + "\nlast line\n").text, text);
    EXPECT_EQ(new_text(text + " ääääää").text, text);
}

TEST(NewTextOfHtml, AnswersBelowABlockquoteAreKept) {
    EXPECT_EQ(
        new_text_of_html("<p>Hi,</p><div class=\"moz-cite-prefix\">On 23/11/2026 09:55, Anna Berg "
                         "wrote:<br></div><blockquote type=\"cite\" cite=\"mid:1\"><p>Which gate?"
                         "</p></blockquote><p>Gate 4.</p>"),
        (NewText{"Hi,\n\nGate 4.", true, false})
    );
}

TEST(NewTextOfHtml, WhatIsWrittenInPlaceOfAnAttributionIsKept) {
    EXPECT_EQ(
        new_text_of_html(
            "<div class=\"moz-cite-prefix\">Gate 4.<br></div><blockquote type=\"cite\">"
            "Which gate?</blockquote>"
        ),
        (NewText{"Gate 4.", true, false})
    );
}

TEST(NewTextOfHtml, OutlookQuotesToTheEnd) {
    const std::string quotation =
        "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>寄件者:</b> Anna Berg<br>"
        "<b>主旨:</b> Belts</div><div>Which gate?</div>";
    EXPECT_EQ(
        new_text_of_html("<div>Gate 4.</div>" + quotation), (NewText{"Gate 4.", true, false})
    );
    EXPECT_EQ(
        new_text_of_html(quotation),
        (NewText{"寄件者: Anna Berg\n主旨: Belts\nWhich gate?", false, false})
    );
}

TEST(NewTextOfHtml, AForwardedMailInABlockquoteIsKeptWhereItIsAll) {
    const std::string forwarded =
        "<blockquote type=\"cite\"><div>Anfang der weitergeleiteten Nachricht:</div><br>"
        "<div><b>Von: </b>Anna Berg</div></blockquote>";
    EXPECT_EQ(
        new_text_of_html(forwarded),
        (NewText{"Anfang der weitergeleiteten Nachricht:\n\nVon: Anna Berg", false, false})
    );
    EXPECT_EQ(
        new_text_of_html("<p>Bitte lesen.</p>" + forwarded), (NewText{"Bitte lesen.", true, false})
    );
}
