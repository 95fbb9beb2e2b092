// Every charset that mails come in, from the bytes of a mail to the text that is shown: as an
// encoded word in Subject and From, as a body, and as a file name. The bytes were made by Python's
// codecs.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "mime/parse.hpp"

namespace {

struct Row {
    const char* label;
    std::string_view bytes;  // in hexadecimal
    const char* text;
};

constexpr Row rows[] = {
    {"utf-8", "4772C3BCC39F652C20C581C3B364C5BA2C20E69DB1E4BAAC20F09F9A9A", "Grüße, Łódź, 東京 🚚"},
    {"us-ascii", "666F7274792062656C7473", "forty belts"},
    {"iso-8859-1", "66FC7220937A7765699420E020352080", "für “zwei” à 5 €"},
    {"iso-8859-2", "A3F364BC2C20506C7A65F22C204779F572", "Łódź, Plzeň, Győr"},
    {"iso-8859-3", "A1616C2047B1617267B175722C20F8617264656E6F", "Ħal Għargħur, ĝardeno"},
    {"iso-8859-4", "52EF67612C20A96961756C6961692C20D569736DE465", "Rīga, Šiauliai, Õismäe"},
    {"iso-8859-5", "C1DADBD0D420D3DEE2DED2", "Склад готов"},
    {"iso-8859-6", "C7E4E5CED2E620CCC7E7D2", "المخزن جاهز"},
    {"iso-8859-7", "C720E1F0EFE8DEEAE72C203520A4", "Η αποθήκη, 5 €"},
    {"iso-8859-8", "E4EEE7F1EF20EEE5EBEF", "המחסן מוכן"},
    {"iso-8859-8-i", "E4EEE7F1EF", "המחסן"},
    {"iso-8859-9",
     "DD7374616E62756C2C204265FE696B7461FE2C20FDF064FD72",
     "İstanbul, Beşiktaş, ığdır"},
    {"iso-8859-10",
     "CD7361666AF672F075722C20C8E168707065736A65616767692C20BF",
     "Ísafjörður, Čáhppesjeaggi, ŋ"},
    {"iso-8859-13", "CD656B6176612C20DE656D616974696A612C20B4E0A1", "Ķekava, Žemaitija, “ą”"},
    {"iso-8859-14", "54FE20A865726E2C20AB", "Tŷ Ẁern, ḋ"},
    {"iso-8859-15", "BC7576726520E0203520A42C20A6E1726B61", "Œuvre à 5 €, Šárka"},
    {"iso-8859-16",
     "4961BA692C2054696D69BA6F6172612C20A5707265FEB5203520A4",
     "Iași, Timișoara, „preț” 5 €"},
    {"windows-874", "A4C5D1A7CAD4B9A4E9D285", "คลังสินค้า…"},
    {"windows-1250", "4B72616BF3772C2084AF6F7279942096208A61BE61", "Kraków, „Żory” – Šaľa"},
    {"windows-1251", "D1EAEBE0E420B92035209620E3EEF2EEE2", "Склад № 5 – готов"},
    {"windows-1252", "C7E0206574206CE0209620352080", "Çà et là – 5 €"},
    {"windows-1253", "C720E1F0EFE8DEEAE7209620352080", "Η αποθήκη – 5 €"},
    {"windows-1254", "C761F072FD2C20DE69FE6C69209620352080", "Çağrı, Şişli – 5 €"},
    {"windows-1255", "F9C8D1ECE5C9ED2096203520A4", "שָׁלוֹם – 5 ₪"},
    {"windows-1256", "C7E1E3CED2E4A12081C7D1D3", "المخزن، پارس"},
    {"windows-1257", "4AFB726D616C61209620D0EDE76465", "Jūrmala – Šķēde"},
    {"windows-1258", "D0E0204C61F274", "Đà La\u0323t"},
    {"koi8-r", "F3CBCCC1C420C7CFD4CFD7", "Склад готов"},
    {"koi8-u", "F3CBCCC1C420D520EBC9A4D7A62C20ADC1CECFCB", "Склад у Києві, ґанок"},
    {"cp866", "91AAABA0A420A3AEE2AEA2", "Склад готов"},
    {"ibm850", "477294E1653A20AB2054817265", "Größe: ½ Türe"},
    {"macintosh", "D247729AA765D320D0203520DB", "“Größe” – 5 €"},
    {"gb2312", "B1B1C3C5B2D6BFE2", "北门仓库"},
    {"gb2312", "D6ECE946BBF9A3AC3520D4AA", "朱镕基，5 元"},
    {"gbk", "E94C98B7827D8EEC", "長樂倉庫"},
    {"gb18030", "B2D6BFE28139EE3995308E30", "仓库㐀🚚"},
    {"hz-gb-2312", "7E7B3131434532563F627E7D", "北门仓库"},
    {"big5", "A55FAAF9ADDCAE77A1413520A4B8", "北門倉庫，5 元"},
    {"big5-hkscs", "B260A4F496F59DEFADDC", "深水埗嘅倉"},
    {"shift_jis", "91718CC982CC874094D48141B6C5", "倉庫の①番、ｶﾅ"},
    {"euc-jp", "C1D2B8CBA4CECBCCCCE7", "倉庫の北門"},
    {"iso-2022-jp", "1B24424152384B244E4B4C4C671B2842", "倉庫の北門"},
    {"iso-2022-jp", "1B24422D211B2842", "①"},
    {"euc-kr", "C3A2B0ED20C1D8BAF1208C63", "창고 준비 똠"},
    {"ks_c_5601-1987", "BACFB9AE20C3A2B0ED", "북문 창고"},
    {"iso-2022-kr", "1B2429430E3A4F392E0F200E4322306D0F", "북문 창고"},
    {"utf-7", "47722B4150594133772D653A2035202B494B772D", "Größe: 5 €"},
    {"utf-16", "FEFF0047007200F600DF0065003A00200035002020AC0020D83DDE9A", "Größe: 5 € 🚚"},
    {"utf-16", "FFFE47007200F600DF0065003A00200035002000AC20", "Größe: 5 €"},
    {"utf-16le", "47007200F600DF006500", "Größe"},
    {"utf-32", "0000FEFF00000054000000FC00000072", "Tür"},
    {"tis-620", "A4C5D1A7CAD4B9A4E9D2BEC3E9CDC1", "คลังสินค้าพร้อม"},
};

/// "C3BC" -> "=C3=BC": quoted-printable, and Q of an encoded word.
std::string escaped(std::string_view hex, char sign) {
    std::string result;
    for (std::size_t i = 0; i < hex.size(); i += 2) (result += sign) += hex.substr(i, 2);
    return result;
}

std::string mail(const Row& row) {
    const std::string label = row.label;
    const auto word = "=?" + label + "?Q?" + escaped(row.bytes, '=') + "?=";
    return "Subject: " + word + "\r\nFrom: " + word +
           " <a@b.example>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
           "--x\r\nContent-Type: text/plain; charset=\"" +
           label + "\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
           escaped(row.bytes, '=') +
           "\r\n--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename*=" +
           label + "''" + escaped(row.bytes, '%') + "\r\n\r\npixels\r\n--x--\r\n";
}

using Problems = std::vector<mime::Problem>;

}  // namespace

TEST(CharsetsInMails, EveryOneIsReadInHeadersBodiesAndFileNames) {
    for (const auto& row : rows) {
        SCOPED_TRACE(row.label);
        const auto bytes = mail(row);
        const auto message = mime::parse(bytes);
        EXPECT_EQ(message.subject, row.text);
        ASSERT_EQ(message.from.size(), 1U);
        EXPECT_EQ(message.from[0].name, row.text);
        EXPECT_EQ(message.text, row.text);
        ASSERT_EQ(message.attachments.size(), 1U);
        EXPECT_EQ(message.attachments[0].filename, row.text);
        EXPECT_EQ(message.problems, Problems{});
    }
}

TEST(CharsetsInMails, AnUnknownOneIsGuessedAndEveryPlaceOfItIsNamed) {
    const auto message = mime::parse(mail({"x-neva-1", "54FC72", ""}));
    EXPECT_EQ(message.subject, "Tür");
    EXPECT_EQ(message.text, "Tür");
    const std::string what = "charset 'x-neva-1' is unknown; read as windows-1252";
    const Problems expected{
        {"header From", what},
        {"header Subject", what},
        {"part 1", what},
        {"part 2", "a parameter: " + what},
    };
    EXPECT_EQ(message.problems, expected);
    const Problems utf8{{"header Subject", "charset 'x-neva-1' is unknown; read as UTF-8"}};
    EXPECT_EQ(mime::parse("Subject: =?x-neva-1?Q?T=C3=BCr?=\r\n\r\n").problems, utf8);
}

TEST(CharsetsInMails, BytesThatTheCharsetDoesNotHaveAreToldWithTheirPlace) {
    const auto message = mime::parse(mail({"utf-8", "54FC72", ""}));
    EXPECT_EQ(message.subject, "T\uFFFDr");
    const std::string what = "1 character not in charset 'utf-8'";
    const Problems expected{
        {"header From", what},
        {"header Subject", what},
        {"part 1", what},
        {"part 2", "a parameter: " + what},
    };
    EXPECT_EQ(message.problems, expected);
}

TEST(CharsetsInMails, RawBytesAreNoProblemAsUtf8AndAGuessOtherwise) {
    const auto utf8 =
        mime::parse("Subject: T\xC3\xBCr\r\nFrom: T\xC3\xBCr <a@b.example>\r\n\r\nT\xC3\xBCr");
    EXPECT_EQ(utf8.subject, "Tür");
    EXPECT_EQ(utf8.text, "Tür");
    EXPECT_EQ(utf8.problems, Problems{});
    const auto old = mime::parse("Subject: T\xFCr\r\nFrom: T\xFCr <a@b.example>\r\n\r\nT\xFCr");
    EXPECT_EQ(old.subject, "Tür");
    EXPECT_EQ(old.text, "Tür");
    const std::string what = "no charset is named; read as windows-1252";
    const Problems expected{{"header From", what}, {"header Subject", what}, {"part 1", what}};
    EXPECT_EQ(old.problems, expected);
}

TEST(CharsetsInMails, AsciiThatIsNoneIsToldFromBytesOfNobodyKnowsWhat) {
    const auto body = [](std::string_view label, std::string_view bytes) {
        return mime::parse(
                   "Content-Type: text/plain; charset=" + std::string(label) + "\r\n\r\n" +
                   std::string(bytes)
        )
            .problems;
    };
    const Problems ascii{{"part 1", "bytes that charset 'us-ascii' does not have; read as UTF-8"}};
    EXPECT_EQ(body("US-ASCII", "T\xC3\xBCr"), ascii);
    const Problems unknown{{"part 1", "charset 'unknown-8bit' is unknown; read as windows-1252"}};
    EXPECT_EQ(body("unknown-8bit", "T\xFCr"), unknown);
    EXPECT_EQ(body("unknown-8bit", "Tor"), Problems{});
}
