#include "mime/header_block.hpp"

#include <gtest/gtest.h>

namespace {

mime::HeaderBlock block(std::string_view text) {
    const auto lines = mime::split_lines(text);
    return mime::find_header_block(lines, 0);
}

}  // namespace

TEST(HeaderBlock, FieldsInFiveLanguages) {
    EXPECT_EQ(
        block("From: Anna\nSent: Monday, November 23, 2026 9:55 AM\nTo: B\nSubject: C\n").lines, 4U
    );
    EXPECT_EQ(
        block("Von: Anna\nGesendet: Montag, 23. November 2026\nAn: B\nBetreff: C\n").lines, 4U
    );
    EXPECT_EQ(block("De : Anna\nEnvoyé : lundi 23 novembre 2026\nÀ : B\nObjet : C\n").lines, 4U);
    EXPECT_EQ(block("De: Anna\nEnviado el: lunes, 23\nPara: B\nAsunto: C\n").lines, 4U);
    EXPECT_EQ(block("Van: Anna\nVerzonden: maandag 23\nAan: B\nOnderwerp: C\n").lines, 4U);
}

TEST(HeaderBlock, AnyOrderAndFurtherFields) {
    EXPECT_EQ(block("Subject: C\nDate: 23 Nov\nFrom: a@us.example\nTo: B\nCc: D\n\nHi").lines, 5U);
    EXPECT_EQ(block("  *From:* a@us.example\n  *Sent:* June 27, 2012\n  *To:* B\n").lines, 3U);
}

TEST(HeaderBlock, AFieldMayGoOn) {
    EXPECT_EQ(
        block("From: Anna Berg\n<anna@us.example>\nSent: 23 Nov\nTo: B;\n C;\n D\nSubject: E\n\nHi")
            .lines,
        7U
    );
    EXPECT_EQ(block("From: A\n\nSent: 23 Nov\n\nTo: B\n\nSubject: C\n\nHi").lines, 7U);
}

TEST(HeaderBlock, LinesThatNameIt) {
    EXPECT_EQ(block("-----Original Message-----\n\nHi").lines, 1U);
    EXPECT_EQ(
        block("-----Ursprüngliche Nachricht-----\nVon: A\nGesendet: 23\nBetreff: B\n\nHi").lines, 4U
    );
    EXPECT_EQ(block("-------- Message d'origine --------\n").lines, 1U);
    EXPECT_EQ(block("-----Mensaje original-----\n").lines, 1U);
    EXPECT_EQ(block("-----Oorspronkelijk bericht-----\n").lines, 1U);
    EXPECT_FALSE(block("-----Original Message-----\n").forwarded);
}

TEST(HeaderBlock, LinesThatForward) {
    const auto found =
        block("-------- Weitergeleitete Nachricht --------\nBetreff: \tA\nDatum: \t23\nVon: \tB\n");
    EXPECT_EQ(found.lines, 4U);
    EXPECT_TRUE(found.forwarded);
    for (const auto* line :
         {"---------- Forwarded message ---------",
          "Begin forwarded message:",
          "Anfang der weitergeleiteten Nachricht:",
          "Début du message réexpédié :",
          "Inicio del mensaje reenviado:",
          "Begin doorgestuurd bericht:",
          "-------- Message transféré --------",
          "-------- Mensaje reenviado --------",
          "-------- Doorgestuurd bericht --------"})
        EXPECT_TRUE(mime::is_forward_line(line)) << line;
}

TEST(HeaderBlock, TheHeaderOfAMailInAReportIsNone) {
    const auto lines = mime::split_lines(
        "Received: from a\nMessage-ID: <1@us.example>\nDate: 23 Nov 2026\nFrom: a@us.example\n"
        "To: b@us.example\nSubject: C\n"
    );
    for (std::size_t at = 0; at < lines.size(); ++at)
        EXPECT_EQ(mime::find_header_block(lines, at).lines, 0U) << at;
    EXPECT_EQ(
        block("From: a@us.example\nTo: B\nDate: 23 Nov\nSubject: C\nMIME-Version: 1.0\n").lines, 0U
    );
}

TEST(HeaderBlock, ItSaysFromWhomAndToWhom) {
    EXPECT_EQ(block("From: a@us.example\nSent: 23 Nov\nSubject: C\n").lines, 0U);
    EXPECT_EQ(block("To: b@us.example\nSent: 23 Nov\nSubject: C\n").lines, 0U);
    EXPECT_EQ(block("From: A\nTo: B\nSent: 23 Nov\n").lines, 0U);
}

TEST(HeaderBlock, ADateThatOthersHaveTooNeedsAnAddress) {
    EXPECT_EQ(block("From: A\nTo: b@us.example\nDate: 23 Nov\n").lines, 3U);
    EXPECT_EQ(block("From: A\nTo: B\nDate: 23 Nov\nSubject: C\n").lines, 0U);
    EXPECT_EQ(block("From: A\nTo: B\nDate: 23 Nov\nSubject: c@us.example\n").lines, 0U);
    EXPECT_EQ(block("From: A\nTo: b@us.example\nSubject: C\n").lines, 3U);
    EXPECT_EQ(block("From: A\nTo: b@us.example\n").lines, 0U);
    EXPECT_EQ(block("From: A\nTo: B\nSubject: C\n").lines, 0U);
}

TEST(HeaderBlock, BelowALineThatNamesItLessIsEnough) {
    const std::string original = "-----Original Message-----\n";
    EXPECT_EQ(block(original + "From: A\nDate: 23 Nov\nSubject: C\n\nHi").lines, 4U);
    EXPECT_EQ(block(original + "From: a@us.example\nSubject: C\n\nHi").lines, 3U);
    EXPECT_EQ(block(original + "From: A\n\nHi").lines, 1U);
}

TEST(HeaderBlock, WhatPeopleWriteIsNone) {
    EXPECT_EQ(block("From: Hamburg\nTo: Munich\nDate: 3 December\nSubject: 3 boxes\n").lines, 0U);
    EXPECT_EQ(block("Von: Hamburg\nAn: Kiel\nDatum: 3. Dezember\nBetreff: Kisten\n").lines, 0U);
    EXPECT_EQ(block("Date: Wednesday 3, October\nTime: 7:00\nAddress: 130 Fox St\n").lines, 0U);
    EXPECT_EQ(block("To: you\nSubject: to change\n").lines, 0U);
    EXPECT_EQ(block("------- Enter Feedback Below -------\n").lines, 0U);
    EXPECT_EQ(block("Original Message\n").lines, 0U);
    EXPECT_FALSE(mime::is_forward_line("I got a forwarded message:"));
}
