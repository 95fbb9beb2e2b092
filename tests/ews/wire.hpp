// What the tests of ews/ share: XML written for the eye against XML on the wire, and coroutines run
// to their end.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "ews/operation.hpp"
#include "ews/soap.hpp"
#include "ews/xml.hpp"

namespace wire {

/// The same XML without the white space between elements.
inline std::string minified(std::string_view xml) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(xml.data(), xml.size());
    EXPECT_TRUE(parsed) << parsed.description() << " in " << xml;
    return ews::save(document);
}

/// The operation's own element as it stands in the envelope.
template <ews::Operation Op>
std::string written(const Op& operation) {
    pugi::xml_document document;
    operation.write(document.append_child(("m:" + std::string(Op::name)).c_str()));
    return ews::save(document);
}

/// What the operation makes of that m:…Response.
template <ews::Operation Op>
ews::Result<typename Op::Reply> read(const Op& operation, std::string_view xml) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(xml.data(), xml.size());
    EXPECT_TRUE(parsed) << parsed.description() << " in " << xml;
    return operation.read(document.document_element());
}

/// A whole reply around the content of s:Body.
inline std::string enveloped(std::string_view body) {
    std::string envelope =
        R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>)";
    envelope += body;
    return envelope + "</s:Body></s:Envelope>";
}

template <class T>
T run(boost::asio::awaitable<T> work) {
    boost::asio::io_context context;
    std::optional<T> result;
    std::exception_ptr failure;
    const auto keep = [&](std::exception_ptr thrown, T value) {
        failure = thrown;
        if (!thrown) result.emplace(std::move(value));
    };
    boost::asio::co_spawn(context, std::move(work), keep);
    context.run();
    if (failure) std::rethrow_exception(failure);
    return *std::move(result);
}

}  // namespace wire
