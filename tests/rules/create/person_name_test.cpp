#include "rules/create/person_name.hpp"

#include <gtest/gtest.h>

namespace {

struct Case {
    std::string display, address, first, last;
};
class Name : public testing::TestWithParam<Case> {};

TEST_P(Name, IsReadAsAPersonWould) {
    const auto& given = GetParam();
    EXPECT_EQ(
        rules::person_name(given.display, given.address),
        (rules::PersonName{given.first, given.last})
    ) << "\""
      << given.display << "\" " << given.address;
}

constexpr auto ann = "ann.bo@acme.example";
INSTANTIATE_TEST_SUITE_P(
    PersonName,
    Name,
    testing::Values(
        Case{"Ann Bo", ann, "Ann", "Bo"},
        Case{"Bo, Ann", ann, "Ann", "Bo"},
        Case{"Bo,Ann", ann, "Ann", "Bo"},
        Case{"Ann Maria Bo", ann, "Ann Maria", "Bo"},
        Case{"Bo, Ann Maria", ann, "Ann Maria", "Bo"},
        Case{"  Ann \t Bo ", ann, "Ann", "Bo"},
        Case{"\"Ann Bo\"", ann, "Ann", "Bo"},
        Case{"'Ann Bo'", ann, "Ann", "Bo"},
        Case{"“Ann Bo”", ann, "Ann", "Bo"},
        Case{"'Bo, Ann'", ann, "Ann", "Bo"},
        Case{"Conan O'Brien", ann, "Conan", "O'Brien"},
        Case{"'Conan O'Brien'", ann, "Conan", "O'Brien"},
        Case{"Ann Bo (Acme)", ann, "Ann", "Bo"},
        Case{"Bo, Ann (Acme, Sales)", ann, "Ann", "Bo"},
        Case{"Ann Bo [EXT]", ann, "Ann", "Bo"},
        Case{"Ann Bo (Acme", ann, "Ann", "Bo"},
        Case{"Ann Bo via LinkedIn", ann, "Ann", "Bo"},
        Case{"'Ann Bo' via Sales Team", ann, "Ann", "Bo"},
        Case{"Ann Bo | Acme", ann, "Ann", "Bo"},
        Case{"Ann Bo - Acme", ann, "Ann", "Bo"},
        Case{"Ann-Marie Bo", ann, "Ann-Marie", "Bo"},
        Case{"Dr. Ann Bo", ann, "Ann", "Bo"},
        Case{"Prof. Dr. Ann Bo", ann, "Ann", "Bo"},
        Case{"Frau Ann Bo", ann, "Ann", "Bo"},
        Case{"Ann Bo, PhD", ann, "Ann", "Bo"},
        Case{"Bo, Ann, PhD", ann, "Ann", "Bo"},
        Case{"Martin Luther King Jr.", ann, "Martin Luther", "King"},
        Case{"Ludwig van Beethoven", ann, "Ludwig", "van Beethoven"},
        Case{"van Beethoven, Ludwig", ann, "Ludwig", "van Beethoven"},
        Case{"Ana de la Cruz", ann, "Ana", "de la Cruz"},
        Case{"Van Morrison", ann, "Van", "Morrison"},
        Case{"Jürgen Müller", ann, "Jürgen", "Müller"},
        Case{"Müller, Jürgen", ann, "Jürgen", "Müller"},
        Case{"Ann\u00A0Bo", ann, "Ann", "Bo"},
        Case{"山田 太郎", ann, "太郎", "山田"},
        Case{"山田太郎", ann, "", "山田太郎"},
        Case{"Иван Петров", ann, "Иван", "Петров"},
        Case{"Cher", ann, "", "Cher"},
        Case{"Bo,", ann, "", "Bo"},
        Case{"ann.bo@acme.example", ann, "ann", "bo"},
        Case{"'ann.bo@acme.example'", ann, "ann", "bo"},
        Case{"Ann Bo <ann.bo@acme.example>", ann, "Ann", "Bo"},
        Case{"Ann Bo ann.bo@acme.example", ann, "Ann", "Bo"},
        Case{"", ann, "ann", "bo"},
        Case{"(Acme)", ann, "ann", "bo"},
        Case{"=?utf-8?Q?J=C3=BCrgen?=", ann, "ann", "bo"},
        Case{"123", ann, "ann", "bo"},
        Case{"\u200B \u202E", ann, "ann", "bo"},
        Case{"", "ann_maria-bo@acme.example", "ann maria", "bo"},
        Case{"", "ann.bo+news@acme.example", "ann", "bo"},
        Case{"", "info@acme.example", "", "info"},
        Case{"", "+@acme.example", "", "+@acme.example"},
        Case{"", "...@acme.example", "", "...@acme.example"},
        Case{"Dr.", ann, "", "Dr."}
    )
);

TEST(PersonName, TheFullNameIsInTheOrderOfSpeech) {
    EXPECT_EQ(full_name(rules::person_name("Bo, Ann", ann)), "Ann Bo");
    EXPECT_EQ(full_name(rules::person_name("Cher", ann)), "Cher");
}

}  // namespace
