// What an operation of EWS is to the client: a value that writes its request and reads its reply,
// and knows nothing of HTTP. One file each in ews/operations, named as Microsoft names the
// operation.
#pragma once

#include <concepts>
#include <pugixml.hpp>
#include <string_view>

#include "ews/error.hpp"

namespace ews {

template <class T>
concept Operation = requires(const T operation, pugi::xml_node node) {
    typename T::Reply;
    { T::name } -> std::convertible_to<std::string_view>;
    operation.write(node);                                                // node is m:NAME
    { operation.read(node) } -> std::same_as<Result<typename T::Reply>>;  // node is m:NAMEResponse
};

}  // namespace ews
