#include "mime/mobile_signature.hpp"

#include <gtest/gtest.h>

using mime::is_mobile_signature;

TEST(MobileSignature, LinesOfProgramsInFiveLanguages) {
    for (const auto* line :
         {"Sent from my iPhone",
          "Sent from Mail for Windows",
          "Get Outlook for iOS<https://aka.ms/o0ukef>",
          "Von meinem iPhone gesendet",
          "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
          "Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>",
          "Outlook für iOS<https://aka.ms/o0ukef> beziehen",
          "Gesendet mit der GMX Mail App",
          "Envoyé de mon iPhone",
          "Télécharger Outlook pour iOS",
          "Envoyé à partir de Outlook pour Android",
          "Enviado desde mi iPad",
          "Obtener Outlook para Android",
          "Verstuurd vanaf mijn iPhone",
          "Verzonden vanuit Outlook voor iOS",
          "Outlook voor iOS downloaden",
          "*Sent from my Galaxy*"})
        EXPECT_TRUE(is_mobile_signature(line)) << line;
}

TEST(MobileSignature, SentencesAreNone) {
    for (const auto* line :
         {"Sent via DHL yesterday",
          "Von meinem Sohn",
          "I got it: sent from my iPhone",
          "Sent from my office to yours as we had agreed on Monday last",
          "Envoyé à partir de Lyon",
          ""})
        EXPECT_FALSE(is_mobile_signature(line)) << line;
}
