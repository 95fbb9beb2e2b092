// The server over TLS, with a certificate made for the test.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

namespace asio = boost::asio;
namespace fs = std::filesystem;
namespace http = boost::beast::http;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

Certificate self_signed(EVP_PKEY* key) {
    Certificate certificate(X509_new(), X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    auto* const name = X509_get_subject_name(certificate.get());
    const auto* const text = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

struct SimulatorTls : ::testing::Test {
    fs::path directory = fs::temp_directory_path() / ("mailferry-tls-" + std::to_string(getpid()));

    ~SimulatorTls() override { fs::remove_all(directory); }

    Options options() {
        fs::create_directories(directory);
        Options result;
        result.certificate = directory / "certificate.pem";
        result.private_key = directory / "key.pem";
        const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const auto certificate = self_signed(key.get());
        const File first(std::fopen(result.certificate.c_str(), "w"), std::fclose);
        PEM_write_X509(first.get(), certificate.get());
        const File second(std::fopen(result.private_key.c_str(), "w"), std::fclose);
        PEM_write_PrivateKey(second.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        return result;
    }
};

TEST_F(SimulatorTls, AnswersOverAnEncryptedConnection) {
    Simulator simulator(options());
    simulator.add_mailbox(agent);
    simulator.start();
    ASSERT_TRUE(simulator.url().starts_with("https://127.0.0.1:"));
    const auto port = std::stoi(between(simulator.url(), "127.0.0.1:", "/"));
    asio::io_context io;
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.load_verify_file(directory / "certificate.pem");
    context.set_verify_mode(asio::ssl::verify_peer);
    asio::ssl::stream<asio::ip::tcp::socket> stream(io, context);
    stream.next_layer().connect(
        {asio::ip::make_address("127.0.0.1"), static_cast<unsigned short>(port)}
    );
    stream.handshake(asio::ssl::stream_base::client);
    http::request<http::string_body> request{http::verb::post, "/EWS/Exchange.asmx", 11};
    request.set(http::field::authorization, "Basic " + encode_base64(agent + ":secret"));
    request.body() = envelope(find_item(""));
    request.prepare_payload();
    http::write(stream, request);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(stream, buffer, response);
    EXPECT_EQ(codes(response.body()), "NoError");
}

TEST_F(SimulatorTls, DoesNotStartWithoutItsCertificate) {
    Options missing;
    missing.certificate = directory / "absent.pem";
    missing.private_key = missing.certificate;
    Simulator simulator(missing);
    EXPECT_THROW(simulator.start(), boost::system::system_error);
}

}  // namespace
