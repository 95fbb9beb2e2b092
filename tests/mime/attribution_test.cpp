#include "mime/attribution.hpp"

#include <gtest/gtest.h>

namespace {

mime::Attribution attribution(std::string_view text) {
    const auto lines = mime::split_lines(text);
    return mime::find_attribution(lines, 0);
}

void expect_certain(std::string_view text, std::size_t lines = 1) {
    const auto found = attribution(text);
    EXPECT_EQ(found.lines, lines) << text;
    EXPECT_EQ(found.column, 0U) << text;
    EXPECT_TRUE(found.certain) << text;
}

void expect_doubtful(std::string_view text) {
    const auto found = attribution(text);
    EXPECT_EQ(found.lines, 1U) << text;
    EXPECT_FALSE(found.certain) << text;
}

}  // namespace

TEST(Attribution, Gmail) {
    expect_certain("On Mon, Nov 23, 2026 at 9:55\u202FAM Anna Berg <anna@us.example> wrote:");
    expect_certain("Am Mo., 23. Nov. 2026 um 09:55\u00A0Uhr schrieb Anna Berg <anna@us.example>:");
    expect_certain("Le lun. 23 nov. 2026 à 09:55, Anna Berg <anna@us.example> a écrit\u00A0:");
    expect_certain("El lun, 23 nov 2026 a las 9:55, Anna Berg (<anna@us.example>) escribió:");
    expect_certain("El lun, 23 nov 2026 a la(s) 2:34 p.m., Anna (anna@us.example) escribió:");
    expect_certain("Op ma 23 nov 2026 om 09:55 schreef Anna Berg <anna@us.example>:");
    expect_certain("Anna Berg <anna@us.example> schrieb am Mo., 23. Nov. 2026, 09:55:");
}

TEST(Attribution, AppleMail) {
    expect_certain("On Nov 23, 2026, at 9:55 AM, Anna Berg <anna@us.example> wrote:");
    expect_certain("Am 23.11.2026 um 09:55 schrieb Anna Berg <anna@us.example>:");
    expect_certain("Le 23 nov. 2026 à 09:55, Anna Berg <anna@us.example> a écrit :");
    expect_certain("El 23 nov 2026, a las 9:55, Anna Berg <anna@us.example> escribió:");
    expect_certain("Op 23 nov 2026, om 09:55 heeft Anna <a@us.example> het volgende geschreven:");
}

TEST(Attribution, Thunderbird) {
    expect_certain("On 11/23/26 9:55 AM, Anna Berg wrote:");
    expect_certain("Am 23.11.26 um 09:55 schrieb Anna Berg:");
    expect_certain("Le 23/11/2026 à 09:55, Anna Berg a écrit :");
    expect_certain("El 23/11/26 a las 9:55, Anna Berg escribió:");
    expect_certain("Op 23-11-2026 om 09:55 schreef Anna Berg:");
}

TEST(Attribution, OtherPrograms) {
    expect_certain("  On Monday, November 23, 2026 at 09:55:12 AM GMT+1, Anna <a@us.example> wrote:"
    );
    expect_certain("---- On Mon, 23 Nov 2026 09:55:12 +0100 Anna <a@us.example> wrote ---");
    expect_certain("---- Anna Berg wrote ----");
    expect_certain("- Le 2026-11-23 09:55, Anna Berg a écrit :");
    expect_certain("Den 23 november 2026 09:55:18, Anna Berg (anna@us.example) skrev:");
}

TEST(Attribution, GoesOnInTheNextLines) {
    expect_certain("On Mon, Nov 23, 2026 at 9:55 AM Anna Berg <anna@us.example>\nwrote:", 2);
    expect_certain("Am 23.11.2026 um 09:55\nschrieb Anna Berg <\nanna@us.example>:", 3);
    expect_certain("On Nov 30, 2026, at 12:47 PM, Us <\n416f@us.example>\nwrote:", 3);
    expect_certain("Anna Berg <anna@us.example> schrieb am Mo., 23.\nNov. 2026, 09:55:", 2);
}

TEST(Attribution, ALineAboveItIsNotItsBeginning) {
    EXPECT_EQ(
        attribution("Thanks, Anna\nOn Nov 23, 2026, at 9:55, A <a@us.example> wrote:").lines, 0U
    );
    EXPECT_EQ(attribution("Am Dienstag\nAm 23.11.26 um 09:55 schrieb Anna Berg:").lines, 0U);
}

TEST(Attribution, StandsBehindTextInALine) {
    const auto found = attribution("Fine. On Mon, Nov 23, 2026 at 9:55 AM, anna@us.example wrote:");
    EXPECT_EQ(found.lines, 1U);
    EXPECT_EQ(found.column, 5U);
    EXPECT_FALSE(found.certain);
    EXPECT_TRUE(attribution("Fine--- On Mon, Nov 23, 2026, anna@us.example wrote:").certain);
}

TEST(Attribution, WithoutDateOrAddressItIsDoubtful) {
    expect_doubtful("Anna Berg wrote:");
    expect_doubtful("On 23 Nov 2026, Anna Berg wrote:");
    expect_doubtful("2026-11-23 9:55 GMT+01:00 Anna Berg <anna@us.example>:");
}

TEST(Attribution, ASentenceWithADateIsDoubtful) {
    expect_doubtful("Am 23.11.2026 um 10:15 Uhr schrieb uns der Architekt:");
    expect_doubtful("On 23/11/2026 at 10:15 he wrote:");
    expect_doubtful("Le 23/11/2026 à 10:15, il a écrit :");
    expect_doubtful("Op 23-11-2026 om 10:15 schreef hij:");
}

TEST(Attribution, OfTwoLinesTheLastMayBeItAlone) {
    EXPECT_EQ(attribution("12 pallets\nAnna Berg wrote:\n> Hi").lines, 0U);
    EXPECT_EQ(attribution("Write to anna@us.example\nAnna Berg wrote:\n> Hi").lines, 0U);
    EXPECT_EQ(
        attribution(
            "Write to anna@us.example\nAnna <anna@us.example> schrieb am Mo., 23. Nov. 2026, "
            "09:55:"
        )
            .lines,
        0U
    );
}

TEST(Attribution, ANameMayBeginLikeADate) {
    expect_certain("On Mon, Nov 23, 2026 at 9:55 AM El Greco <el123@us.example> wrote:");
    expect_certain("Le 23 nov. 2026 à 09:55,\nLe Monde <monde@us.example> a écrit :", 2);
}

TEST(Attribution, SentencesAreNone) {
    EXPECT_EQ(attribution("On Monday he wrote:").lines, 0U);
    EXPECT_EQ(attribution("As you wrote:").lines, 0U);
    EXPECT_EQ(attribution("These are the ones I sent:").lines, 0U);
    EXPECT_EQ(attribution("On Monday we open at seven:").lines, 0U);
    EXPECT_EQ(
        attribution("Am 23.11.2026 um 09:55 schrieb Anna, und ich antworte jetzt.").lines, 0U
    );
    EXPECT_EQ(attribution("2026-11-23 09:55:00").lines, 0U);
    EXPECT_EQ(attribution("He wrote: > yes").lines, 0U);
    EXPECT_EQ(attribution("").lines, 0U);
}
