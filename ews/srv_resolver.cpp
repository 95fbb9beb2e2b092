#include "ews/srv_resolver.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "ews/autodiscover_limits.hpp"

namespace ews {
namespace {

namespace asio = boost::asio;
using Records = std::vector<SrvRecord>;

/// What the C library keeps for one thread; without the global one, which is shared with others.
class Resolver {
public:
    Resolver() : is_open_(res_ninit(&state_) == 0) {
        state_.retrans = 2;  // seconds
        state_.retry = 2;
    }
    ~Resolver() {
        if (is_open_) res_nclose(&state_);
    }
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    bool is_open() const { return is_open_; }

    void use(const NameServer& server) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server.port);
        inet_pton(AF_INET, server.address.c_str(), &address.sin_addr);
        state_.nsaddr_list[0] = address;
        state_.nscount = 1;
    }

    /// Bytes of the answer, or 0 and why() there is none.
    std::size_t ask(const std::string& name, std::vector<std::uint8_t>& answer) {
        const int length = res_nquery(
            &state_, name.c_str(), ns_c_in, ns_t_srv, answer.data(), static_cast<int>(answer.size())
        );
        return length < 0 ? 0 : std::min(static_cast<std::size_t>(length), answer.size());
    }

    int why() const { return state_.res_h_errno; }

private:
    struct __res_state state_ {};
    bool is_open_ = false;
};

Error no_answer(std::string_view reason) {
    return {errc::unreachable, {}, fmt::format("the DNS does not tell: {}", reason), {}};
}

Result<Records> look_up_now(const std::string& name, const std::optional<NameServer>& server) {
    Resolver resolver;
    if (!resolver.is_open()) return no_answer("no resolver is configured");
    if (server) resolver.use(*server);
    std::vector<std::uint8_t> answer(limits::dns_answer);
    const std::size_t length = resolver.ask(name, answer);
    if (length > 0) return read_srv_answer(std::span(answer).first(length));
    const int why = resolver.why();
    if (why == HOST_NOT_FOUND || why == NO_DATA) return Records();
    return no_answer(why == TRY_AGAIN ? "no server answers" : "the servers refuse");
}

}  // namespace

SrvResolver::SrvResolver(std::optional<NameServer> server) : server_(std::move(server)) {}

SrvResolver::~SrvResolver() {
    thread_.join();
}

asio::awaitable<Result<Records>> SrvResolver::look_up(std::string name) {
    auto start = [this, &name](auto handler) {
        auto executor = asio::get_associated_executor(handler);
        auto guard = asio::make_work_guard(executor);
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        asio::post(thread_, [name = std::move(name), server = server_, executor, guard, kept] {
            auto resume = [kept, result = look_up_now(name, server)]() mutable {
                std::move (*kept)(std::move(result));
            };
            asio::post(executor, std::move(resume));
        });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Records>)>(
        start, asio::use_awaitable
    );
}

}  // namespace ews
