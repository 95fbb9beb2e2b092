#include "http/auth/offer.hpp"

#include <gtest/gtest.h>

namespace {

using Names = std::vector<std::string>;

http::Offer read(const Names& challenges) {
    const auto offer = http::read_offer(challenges);
    EXPECT_TRUE(offer);
    return offer ? *offer : http::Offer();
}

TEST(Offer, OfExchangeHasBothAndOthers) {
    const auto offer = read({"Negotiate", "NTLM", "Basic realm=\"mail.example\""});
    EXPECT_TRUE(offer.negotiate);
    EXPECT_TRUE(offer.ntlm);
    EXPECT_EQ(offer.token, "");
    EXPECT_EQ(offer.others, Names{"Basic"});
}

TEST(Offer, ATokenIsDecodedAndItsSchemeMayBeWrittenInAnyCase) {
    const auto offer = read({"nEGOTIATE  Zm9vYmE= ", "ntlm"});
    EXPECT_TRUE(offer.negotiate);
    EXPECT_TRUE(offer.ntlm);
    EXPECT_EQ(offer.token, "fooba");
}

TEST(Offer, SeveralChallengesInOneFieldAreTakenApart) {
    const auto offer =
        read({"Basic realm=\"a, NTLM\\\" b\", charset=\"UTF-8\", Negotiate Zm9v, Bearer"});
    EXPECT_TRUE(offer.negotiate);
    EXPECT_FALSE(offer.ntlm);
    EXPECT_EQ(offer.token, "foo");
    EXPECT_EQ(offer.others, (Names{"Basic", "Bearer"}));
}

TEST(Offer, OfNothingIsNothing) {
    EXPECT_FALSE(read({}).anything());
    EXPECT_FALSE(read({"", ", ,", "\""}).anything());
}

TEST(Offer, ATokenThatIsNoBase64IsAnError) {
    const auto offer = http::read_offer({"NTLM ?"});
    ASSERT_FALSE(offer);
    EXPECT_EQ(offer.error().code, http::errc::protocol);
}

}  // namespace
