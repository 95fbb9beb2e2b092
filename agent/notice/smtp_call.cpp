#include "agent/notice/smtp_call.hpp"

#include <curl/curl.h>
#include <openssl/ssl.h>

#include <array>
#include <memory>

#include "agent/notice/smtp_dialogue.hpp"
#include "agent/notice/smtp_failure.hpp"
#include "agent/terminal_text.hpp"
#include "http/url.hpp"

namespace agent {

namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// What libcurl's callbacks get.
struct Call {
    const SmtpConfig& config;
    const std::atomic<bool>& stop;
    SmtpDialogue dialogue;
};

std::size_t give_mail(char* to, std::size_t size, std::size_t count, void* call) {
    return static_cast<Call*>(call)->dialogue.give(to, size * count);
}

std::size_t take_line(char* from, std::size_t size, std::size_t count, void* call) {
    static_cast<Call*>(call)->dialogue.take_line({from, size * count});
    return size * count;
}

int look_whether_to_stop(void* call, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Call*>(call)->stop ? 1 : 0;
}

/// The same trust as http/tls: the certificates of the system and those of the ca-file, TLS 1.2 or
/// later.
CURLcode trust(CURL*, void* context, void* call) {
    auto* tls = static_cast<SSL_CTX*>(context);
    const std::string& ca_file = static_cast<Call*>(call)->config.ca_file;
    if (SSL_CTX_set_default_verify_paths(tls) != 1) return CURLE_SSL_CERTPROBLEM;
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(tls), X509_V_FLAG_PARTIAL_CHAIN);
    if (ca_file.empty()) return CURLE_OK;
    return SSL_CTX_load_verify_file(tls, ca_file.c_str()) == 1 ? CURLE_OK
                                                               : CURLE_SSL_CACERT_BADFILE;
}

/// Options are set one after the other; the first that fails is remembered.
class Options {
public:
    explicit Options(CURL* handle) : handle_(handle) {}
    template <class T>
    Options& set(CURLoption option, T value) {
        if (code_ == CURLE_OK) code_ = curl_easy_setopt(handle_, option, value);
        return *this;
    }
    CURLcode code() const { return code_; }

private:
    CURL* handle_;
    CURLcode code_ = CURLE_OK;
};

bool set_target(CURLU* url, const SmtpConfig& config) {
    const bool at_once = config.security == SmtpConfig::Security::tls;
    const bool is_ipv6 = config.host.find(':') != std::string::npos;
    const std::string host = is_ipv6 ? "[" + config.host + "]" : config.host;
    const std::string port = std::to_string(config.port);
    return curl_url_set(url, CURLUPART_SCHEME, at_once ? "smtps" : "smtp", 0) == CURLUE_OK &&
           curl_url_set(url, CURLUPART_HOST, host.c_str(), 0) == CURLUE_OK &&
           curl_url_set(url, CURLUPART_PORT, port.c_str(), 0) == CURLUE_OK;
}

CURLcode set_safety(CURL* handle, Call& call, const SmtpTimes& times) {
    const bool in_the_clear = call.config.security == SmtpConfig::Security::none;
    const long use_tls = in_the_clear ? CURLUSESSL_NONE : CURLUSESSL_ALL;
    const char* const nothing = nullptr;
    return Options(handle)
        .set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        .set(CURLOPT_PROXY, "")
        .set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED))
        .set(CURLOPT_NOSIGNAL, 1L)
        .set(CURLOPT_USE_SSL, use_tls)
        .set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
        .set(CURLOPT_SSL_VERIFYPEER, 1L)
        .set(CURLOPT_SSL_VERIFYHOST, 2L)
        .set(CURLOPT_CAINFO, nothing)
        .set(CURLOPT_CAPATH, nothing)
        .set(CURLOPT_SSL_CTX_FUNCTION, &trust)
        .set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(&call))
        .set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(times.connect.count()))
        .set(CURLOPT_TIMEOUT_MS, static_cast<long>(times.whole.count()))
        .set(CURLOPT_NOPROGRESS, 0L)
        .set(CURLOPT_XFERINFOFUNCTION, &look_whether_to_stop)
        .set(CURLOPT_XFERINFODATA, static_cast<void*>(&call))
        .code();
}

/// PLAIN and LOGIN only: the others that libcurl knows fail on servers that offer them beside
/// these.
CURLcode set_login(CURL* handle, const SmtpConfig& config, const Secret& password) {
    if (config.user.empty()) return CURLE_OK;
    return Options(handle)
        .set(CURLOPT_USERNAME, config.user.c_str())
        .set(CURLOPT_PASSWORD, password.reveal().c_str())
        .set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
        .code();
}

CURLcode set_mail(CURL* handle, Call& call, const SmtpMail& mail, curl_slist* to) {
    const std::string from = "<" + mail.from + ">";
    return Options(handle)
        .set(CURLOPT_MAIL_FROM, from.c_str())
        .set(CURLOPT_MAIL_RCPT, to)
        .set(CURLOPT_UPLOAD, 1L)
        .set(CURLOPT_READFUNCTION, &give_mail)
        .set(CURLOPT_READDATA, static_cast<void*>(&call))
        .set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.mime.size()))
        .set(CURLOPT_HEADERFUNCTION, &take_line)
        .set(CURLOPT_HEADERDATA, static_cast<void*>(&call))
        .code();
}

Error unusable(const SmtpConfig& config, const std::string& why) {
    return {errc::denied, "SMTP server " + smtp_server(config) + ": " + why, {}};
}

}  // namespace

Result<void> smtp_call(
    const SmtpConfig& config,
    const Secret& password,
    const SmtpTimes& times,
    const SmtpMail& mail,
    const std::atomic<bool>& stop
) {
    if (config.security == SmtpConfig::Security::none && !http::is_loopback(config.host)) {
        return unusable(
            config, "without TLS mail is sent to this machine only; use security starttls or tls"
        );
    }
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    Call call{config, stop, SmtpDialogue(mail.mime, password)};
    std::array<char, CURL_ERROR_SIZE> detail{};
    const Url url(curl_url(), &curl_url_cleanup);
    const List to(curl_slist_append(nullptr, ("<" + mail.to + ">").c_str()), &curl_slist_free_all);
    // The last, since its end says QUIT and uses the others.
    const Handle handle(curl_easy_init(), &curl_easy_cleanup);
    if (ready != CURLE_OK || !handle || !url || !to)
        return unusable(config, "libcurl cannot be used");
    if (!set_target(url.get(), config))
        return unusable(config, "this is no host name or port; correct them");

    CURLcode code = Options(handle.get())
                        .set(CURLOPT_ERRORBUFFER, detail.data())
                        .set(CURLOPT_CURLU, url.get())
                        .code();
    if (code == CURLE_OK) code = set_safety(handle.get(), call, times);
    if (code == CURLE_OK) code = set_login(handle.get(), config, password);
    if (code == CURLE_OK) code = set_mail(handle.get(), call, mail, to.get());
    if (code != CURLE_OK) {
        return unusable(
            config, std::string("libcurl lacks what is needed: ") + curl_easy_strerror(code)
        );
    }
    code = curl_easy_perform(handle.get());
    if (code == CURLE_OK) return {};
    return smtp_failure(
        config, mail.to, code, one_line(detail.data()), call.dialogue.last_reply(config.user)
    );
}

}  // namespace agent
