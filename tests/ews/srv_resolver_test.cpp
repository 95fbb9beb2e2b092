#include "ews/srv_resolver.hpp"

#include <boost/asio/ip/udp.hpp>
#include <functional>
#include <thread>

#include "tests/ews/dns.hpp"
#include "tests/ews/wire.hpp"

namespace {

using boost::asio::ip::udp;

/// Answers one question on this machine.
class Server {
public:
    explicit Server(std::function<std::string(std::string_view id)> answer)
        : thread_([this, answer = std::move(answer)] {
              std::string question(512, '\0');
              udp::endpoint from;
              const auto size = socket_.receive_from(boost::asio::buffer(question), from);
              asked_ = question.substr(0, size);
              socket_.send_to(boost::asio::buffer(answer(asked_.substr(0, 2))), from);
          }) {}
    ~Server() { thread_.join(); }

    ews::NameServer address() const { return {"127.0.0.1", socket_.local_endpoint().port()}; }
    const std::string& asked() const { return asked_; }

private:
    boost::asio::io_context context_;
    udp::socket socket_{context_, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
    std::string asked_;
    std::thread thread_;
};

auto look_up(const Server& server) {
    ews::SrvResolver resolver(server.address());
    return wire::run(resolver.look_up("_autodiscover._tcp.example.test"));
}

TEST(SrvResolver, AsksTheNameServerAndReadsItsAnswer) {
    std::string asked;
    std::vector<ews::SrvRecord> found;
    {
        const Server server([](std::string_view id) {
            return dns::answer({dns::srv(1, 2, 443, dns::name("mail.example.test"))}, id);
        });
        const auto records = look_up(server);
        ASSERT_TRUE(records) << records.error().text;
        found = *records;
        asked = server.asked();
    }
    const std::vector<ews::SrvRecord> expected{{1, 2, 443, "mail.example.test"}};
    EXPECT_EQ(found, expected);
    EXPECT_NE(asked.find(dns::question), std::string::npos);
}

TEST(SrvResolver, ADomainWithoutTheServiceHasNoRecords) {
    const Server server([](std::string_view id) { return dns::answer({}, id, 0x8183); });
    const auto records = look_up(server);
    ASSERT_TRUE(records) << records.error().text;
    EXPECT_TRUE(records->empty());
}

TEST(SrvResolver, WhereNobodyAnswersTheDnsIsToBlame) {
    ews::NameServer nobody{"127.0.0.1"};
    {
        boost::asio::io_context context;
        const udp::socket closed(
            context, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)
        );
        nobody.port = closed.local_endpoint().port();
    }
    ews::SrvResolver resolver(nobody);
    const auto records = wire::run(resolver.look_up("_autodiscover._tcp.example.test"));
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().code, ews::errc::unreachable);
    EXPECT_EQ(records.error().text, "the DNS does not tell: no server answers");
}

}  // namespace
