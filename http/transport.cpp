#include "http/transport.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <utility>

namespace http {

std::string_view Response::field(std::string_view name) const {
    const auto found = std::ranges::find_if(fields, [name](const Field& field) {
        return boost::beast::iequals(field.name, name);
    });
    if (found == fields.end()) return {};
    return found->value;
}

boost::asio::awaitable<Result<Response>> Transport::download(Request request, TakeBody take) {
    Result<Response> response = co_await exchange(std::move(request));
    if (!response || response->status != 200) co_return response;
    const std::string body = std::exchange(response->body, std::string());
    if (!take(body)) co_return not_wanted("the server");
    co_return response;
}

Error not_wanted(const std::string& server) {
    return {errc::cancelled, server + ": the rest of the answer is not wanted"};
}

}  // namespace http
