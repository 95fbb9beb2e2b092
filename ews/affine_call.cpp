#include "ews/affine_call.hpp"

#include <algorithm>
#include <string_view>

namespace ews {

std::string server_of(const Client& client) {
    const http::Request asked = client.request({}, true);
    const auto found =
        std::find_if(asked.fields.begin(), asked.fields.end(), [](const http::Field& field) {
            return field.name == "Cookie";
        });
    return found == asked.fields.end() ? std::string() : found->value;
}

bool knows_server(const Client& client) {
    return !server_of(client).empty();
}

void lead_to_server(Client& client, const std::string& cookies) {
    constexpr std::string_view separator = "; ";
    http::Response as_if_answered;
    std::size_t begin = 0;
    while (begin < cookies.size()) {
        const auto end = std::min(cookies.find(separator, begin), cookies.size());
        as_if_answered.fields.push_back({"Set-Cookie", cookies.substr(begin, end - begin)});
        begin = end + separator.size();
    }
    client.remember_server(as_if_answered);
}

void hand_over_server(const Client& from, Client& to) {
    lead_to_server(to, server_of(from));
}

}  // namespace ews
