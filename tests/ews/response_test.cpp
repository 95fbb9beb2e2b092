#include "ews/response.hpp"

#include "tests/ews/wire.hpp"

namespace {

using namespace std::chrono_literals;
using ews::errc;

std::optional<ews::Error> error_in(const char* message) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(message));
    return ews::error_of(document.document_element());
}

TEST(ResponseMessage, SuccessAndWarningAreNoErrors) {
    EXPECT_FALSE(
        error_in("<m:X ResponseClass='Success'><m:ResponseCode>NoError</m:ResponseCode></m:X>")
    );
    EXPECT_FALSE(
        error_in("<m:X ResponseClass='Warning'><m:ResponseCode>ErrorNameResolutionMultipleResults"
                 "</m:ResponseCode></m:X>")
    );
}

TEST(ResponseMessage, CarriesTheBackOffOfABusyServer) {
    const auto error = error_in(R"(
        <m:X ResponseClass="Error">
          <m:MessageText>Busy.</m:MessageText><m:ResponseCode> ErrorServerBusy </m:ResponseCode>
          <m:MessageXml><t:Value Name="BackOffMilliseconds"> 5000 </t:Value></m:MessageXml>
        </m:X>)");
    const ews::Error expected{errc::server_busy, "ErrorServerBusy", "Busy.", 5000ms};
    EXPECT_EQ(error, expected);
}

TEST(ResponseMessage, UnwrapsTheInnerErrorAndItsBackOff) {
    const auto error = error_in(R"(
        <m:X ResponseClass="Error">
          <m:MessageText>Internal.</m:MessageText>
          <m:ResponseCode>ErrorInternalServerError</m:ResponseCode>
          <m:MessageXml>
            <t:Value Name="InnerErrorMessageText">Really busy.</t:Value>
            <t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value>
            <t:Value Name="BackOffMilliseconds">297749</t:Value>
          </m:MessageXml>
        </m:X>)");
    const ews::Error expected{errc::server_busy, "ErrorServerBusy", "Really busy.", 297749ms};
    EXPECT_EQ(error, expected);
}

TEST(ResponseMessage, WithoutAValueThereIsNoBackOff) {
    const auto error =
        error_in("<m:X ResponseClass='Error'><m:ResponseCode>ErrorServerBusy</m:ResponseCode></m:X>"
        );
    ASSERT_TRUE(error);
    EXPECT_EQ(error->back_off, std::nullopt);
    EXPECT_EQ(error->text, "ErrorServerBusy");
}

std::optional<ews::Error> error_with(
    const std::string& code, const std::string& name, const std::string& value
) {
    const std::string message = "<m:X ResponseClass='Error'><m:ResponseCode>" + code +
                                "</m:ResponseCode><m:MessageXml><t:Value Name='" + name + "'>" +
                                value + "</t:Value></m:MessageXml></m:X>";
    return error_in(message.c_str());
}

TEST(ResponseMessage, WhatIsNoNumberIsNoBackOff) {
    for (const auto* value : {"", "  ", "0", "-1", "soon", "5 s", "1e3"}) {
        const auto error = error_with("ErrorServerBusy", "BackOffMilliseconds", value);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code, errc::server_busy);
        EXPECT_EQ(error->back_off, std::nullopt) << value;
    }
}

TEST(ResponseMessage, AnInnerCodeThatIsNoneHidesNothing) {
    for (const auto* inner : {"NoError", "-2147467259", ""}) {
        const auto error = error_with("ErrorInternalServerError", "InnerErrorResponseCode", inner);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code, errc::internal_error) << inner;
    }
}

TEST(ResponseMessage, OfGrommunioKeepsItsNumberAsText) {
    const auto error = error_in(R"(
        <m:X ResponseClass="Error"><m:MessageText>E-3134: delete operation failed</m:MessageText>
          <m:ResponseCode>ErrorCannotDeleteObject</m:ResponseCode></m:X>)");
    const ews::Error expected{
        errc::folder_not_deleted, "ErrorCannotDeleteObject", "E-3134: delete operation failed", {}};
    EXPECT_EQ(error, expected);
}

TEST(ResponseMessage, AnAbsurdBackOffIsCut) {
    const auto error = error_in(R"(
        <m:X ResponseClass="Error"><m:ResponseCode>ErrorServerBusy</m:ResponseCode>
          <m:MessageXml><t:Value Name="BackOffMilliseconds">18446744073709551615</t:Value></m:MessageXml>
        </m:X>)");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->back_off, std::chrono::milliseconds(1h));
}

ews::Error fault(const char* xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(xml));
    return ews::fault_error(document.document_element());
}

TEST(Fault, CarriesCodeTextAndBackOffOfItsDetail) {
    const auto error = fault(R"(
        <s:Fault>
          <faultcode xmlns:a="types">a:ErrorServerBusy</faultcode><faultstring>Later.</faultstring>
          <detail>
            <e:ResponseCode>
              ErrorServerBusy
            </e:ResponseCode>
            <e:Message>Come back later.</e:Message>
            <t:MessageXml><t:Value Name="BackOffMilliseconds">297749</t:Value></t:MessageXml>
          </detail>
        </s:Fault>)");
    const ews::Error expected{errc::server_busy, "ErrorServerBusy", "Come back later.", 297749ms};
    EXPECT_EQ(error, expected);
}

TEST(Fault, WithoutDetailIsReadFromItsCodeAndString) {
    const auto coded =
        fault("<s:Fault><faultcode>a:ErrorInvalidServerVersion</faultcode></s:Fault>");
    EXPECT_EQ(coded.code, errc::unsupported_version);
    const auto bare = fault(
        "<SOAP:Fault><faultcode>SOAP:Server</faultcode><faultstring>E-3010</faultstring></"
        "SOAP:Fault>"
    );
    EXPECT_EQ(bare.code, errc::internal_error);
    EXPECT_EQ(bare.text, "E-3010");
}

TEST(Fault, MayHideWhatHappenedInside) {
    const auto error = fault(R"(
        <s:Fault><faultcode>a:ErrorInternalServerError</faultcode><detail>
          <e:ResponseCode>ErrorInternalServerError</e:ResponseCode><e:Message>Internal.</e:Message>
          <t:MessageXml>
            <t:Value Name="InnerErrorMessageText">Really busy.</t:Value>
            <t:Value Name="InnerErrorResponseCode"> ErrorServerBusy </t:Value>
            <t:Value Name="BackOffMilliseconds">
              60000
            </t:Value>
          </t:MessageXml></detail></s:Fault>)");
    const ews::Error expected{errc::server_busy, "ErrorServerBusy", "Really busy.", 60000ms};
    EXPECT_EQ(error, expected);
}

TEST(Fault, TellsTheBackOffWithoutMessageXmlToo) {
    const auto error = fault(R"(
        <s:Fault><detail><e:ResponseCode>ErrorServerBusy</e:ResponseCode>
          <t:Value Name="BackOffMilliseconds">5000</t:Value></detail></s:Fault>)");
    EXPECT_EQ(error.code, errc::server_busy);
    EXPECT_EQ(error.back_off, 5000ms);
    EXPECT_EQ(error.text, "ErrorServerBusy");
}

TEST(Fault, WithoutAnyWordsSaysThatMuch) {
    const auto error = fault("<s:Fault/>");
    EXPECT_EQ(error.code, errc::internal_error);
    EXPECT_EQ(error.text, "the server answered with a fault that gives no reason");
}

TEST(Fault, NamesWhatViolatesTheSchema) {
    const auto error = fault(R"(
        <s:Fault><detail>
          <e:ResponseCode>ErrorSchemaValidation</e:ResponseCode><e:Message>Invalid.</e:Message>
          <t:MessageXml><t:LineNumber>1</t:LineNumber><t:Violation>no such element</t:Violation></t:MessageXml>
        </detail></s:Fault>)");
    EXPECT_EQ(error.code, errc::invalid_request);
    EXPECT_EQ(error.text, "Invalid. (no such element)");
}

}  // namespace
