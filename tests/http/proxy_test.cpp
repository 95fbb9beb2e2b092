#include "http/proxy.hpp"

#include <gtest/gtest.h>

namespace {

std::shared_ptr<const http::Proxy> proxy_with(std::vector<std::string> no_proxy) {
    return http::read_proxy({"http://proxy.example:3128", "", std::move(no_proxy)}).value();
}

bool goes_through(const http::Proxy& proxy, const std::string& url) {
    return proxy.is_for(http::read_url(url).value());
}

std::string complaint(const std::string& url) {
    const auto proxy = http::read_proxy({url, "", {}});
    return proxy ? "none" : proxy.error().text;
}

TEST(Proxy, NoneConfiguredIsNone) {
    EXPECT_EQ(http::read_proxy({}).value(), nullptr);
}

TEST(Proxy, ItsUrlIsHostAndPort) {
    const auto proxy = http::read_proxy({"HTTP://Proxy.example:3128/", "Basic eA==", {}}).value();
    EXPECT_EQ(proxy->address.host, "proxy.example");
    EXPECT_EQ(proxy->address.port, "3128");
    EXPECT_FALSE(proxy->address.secure);
    EXPECT_EQ(proxy->authorization, "Basic eA==");
    const auto six = http::read_proxy({"http://[2001:db8::1]:80", "", {}}).value();
    EXPECT_EQ(six->address.origin(), "http://[2001:db8::1]:80");
}

TEST(Proxy, ItIsNamedTogetherWithWhereWeWantedTo) {
    EXPECT_EQ(
        proxy_with({})->name_on_way_to(http::read_url("https://mail.example/ews").value()),
        "http://proxy.example:3128 (the proxy on the way to https://mail.example:443)"
    );
}

TEST(Proxy, HttpsServersGoThroughIt) {
    EXPECT_TRUE(goes_through(*proxy_with({}), "https://mail.example.org/"));
    EXPECT_TRUE(goes_through(*proxy_with({}), "https://192.0.2.7:8443/"));
}

TEST(Proxy, ServersOnThisMachineNeverDo) {
    for (const char* url : {
             "http://127.0.0.1:8080/",
             "http://localhost/",
             "https://127.0.0.1/",
             "https://localhost:8443/",
             "https://[::1]/",
         }) {
        EXPECT_FALSE(goes_through(*proxy_with({}), url)) << url;
    }
}

TEST(Proxy, ANameOfNoProxyMeansThatHostAlone) {
    const auto proxy = proxy_with({"Mail.Example.org", "192.0.2.7", "2001:db8::1"});
    EXPECT_FALSE(goes_through(*proxy, "https://mail.example.org/"));
    EXPECT_FALSE(goes_through(*proxy, "https://MAIL.example.org:8443/"));
    EXPECT_FALSE(goes_through(*proxy, "https://192.0.2.7/"));
    EXPECT_FALSE(goes_through(*proxy, "https://[2001:db8::1]/"));
    EXPECT_TRUE(goes_through(*proxy, "https://a.mail.example.org/"));
    EXPECT_TRUE(goes_through(*proxy, "https://xmail.example.org/"));
}

TEST(Proxy, ASuffixOfNoProxyMeansAllBelowIt) {
    const auto proxy = proxy_with({".Example.org"});
    EXPECT_FALSE(goes_through(*proxy, "https://mail.example.org/"));
    EXPECT_FALSE(goes_through(*proxy, "https://a.b.example.org/"));
    EXPECT_TRUE(goes_through(*proxy, "https://example.org/"));
    EXPECT_TRUE(goes_through(*proxy, "https://badexample.org/"));
    EXPECT_TRUE(goes_through(*proxy, "https://example.org.evil.example/"));
}

TEST(Proxy, AUrlThatCannotBeUsedSaysWhatWouldBeRight) {
    EXPECT_EQ(
        complaint("proxy.example:3128"),
        "the proxy cannot be used: its URL must be http://HOST:PORT"
    );
    EXPECT_EQ(
        complaint("https://proxy.example:3128"),
        "the proxy cannot be used: it must be spoken to by http://, not https://; what goes "
        "through "
        "it is encrypted all the same"
    );
    for (const char* url : {"http://proxy.example", "http://proxy.example/", "http://[::1]"}) {
        EXPECT_EQ(
            complaint(url),
            "the proxy cannot be used: its URL holds no port; write http://HOST:PORT, often 3128 "
            "or "
            "8080"
        );
    }
    EXPECT_EQ(
        complaint("http://proxy.example:3128/path"),
        "the proxy cannot be used: its URL holds a path; write http://HOST:PORT"
    );
    EXPECT_EQ(
        complaint("http://proxy.example:99999"),
        "the proxy cannot be used: the URL 'http://proxy.example:99999' holds no usable port"
    );
}

TEST(Proxy, APasswordInTheUrlIsRefusedAndNotRepeated) {
    const std::string text = complaint("http://ferry:secret@proxy.example:3128");
    EXPECT_NE(text.find("configure them apart"), std::string::npos) << text;
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
}

TEST(Proxy, ALineBreakInTheCredentialsIsRefusedAndNotRepeated) {
    const auto proxy = http::read_proxy({"http://proxy.example:3128", "Basic secret\r\nX: y", {}});
    ASSERT_FALSE(proxy);
    EXPECT_EQ(
        proxy.error().text, "the proxy cannot be used: its user name or password holds a line break"
    );
}

TEST(Proxy, AnEntryOfNoProxyThatWouldNeverMatchIsNamed) {
    for (const std::string entry :
         {"*.example.org", "", ".", "10.0.0.0/8", "mail.example.org:443", "https://mail.example"}) {
        const auto proxy = http::read_proxy({"http://proxy.example:3128", "", {entry}});
        ASSERT_FALSE(proxy) << entry;
        EXPECT_EQ(
            proxy.error().text,
            "the proxy cannot be used: '" + entry +
                "' among its exceptions is neither the name or address of a host nor a suffix as "
                "'.example.org'"
        );
    }
}

}  // namespace
