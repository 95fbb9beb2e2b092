#include "http/certificate.hpp"

#include <fmt/format.h>
#include <openssl/x509v3.h>

#include "http/certificate_text.hpp"

namespace http {

namespace {

void describe_reason(TrustFailure& failure, X509* certificate) {
    switch (failure.code) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            failure.reason = "it expired on " + time_text(X509_get0_notAfter(certificate));
            failure.remedy = "Renew it on the server, and check the clock of this machine";
            return;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            failure.reason = "it is valid only from " + time_text(X509_get0_notBefore(certificate));
            failure.remedy = "Check the clocks of the server and of this machine";
            return;
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            failure.reason = "it is for another name: " + names_text(certificate);
            failure.remedy =
                "Use a name of the certificate in the URL, or renew it with the right name";
            return;
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            failure.reason = "it is self-signed";
            failure.remedy =
                "If the fingerprint is that of your server, save the certificate as a PEM file and "
                "name that by the ca-file option";
            return;
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            failure.reason = "its issuer is unknown to this machine";
            failure.remedy =
                "If you trust the issuer, save its certificate as a PEM file and name that by the "
                "ca-file option; if it is a public one, let the server send its intermediate "
                "certificates too";
            return;
        case X509_V_ERR_INVALID_PURPOSE:
            failure.reason = "it is not made for a server";
            failure.remedy =
                "Let the server use one whose extended key usage holds serverAuth; the ca-file "
                "option does not help against this";
            return;
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_CA_MD_TOO_WEAK:
            failure.reason = std::string("its key or signature is too weak: ") +
                             X509_verify_cert_error_string(failure.code);
            failure.remedy =
                "Renew it with RSA of 2048 bits or more and SHA-256; the ca-file option does not "
                "help against this";
            return;
        default:
            failure.reason = X509_verify_cert_error_string(failure.code);
            failure.remedy = "Let the administrator of the server put this right";
    }
}

}  // namespace

TrustFailure describe_trust_failure(X509_STORE_CTX* context) {
    TrustFailure failure;
    failure.code = X509_STORE_CTX_get_error(context);
    X509* certificate = X509_STORE_CTX_get_current_cert(context);
    if (certificate == nullptr) certificate = X509_STORE_CTX_get0_cert(context);
    if (certificate == nullptr) {
        failure.reason = X509_verify_cert_error_string(failure.code);
        failure.remedy = "Let the administrator of the server put this right";
        return failure;
    }
    failure.subject = name_text(X509_get_subject_name(certificate));
    failure.issuer = name_text(X509_get_issuer_name(certificate));
    failure.valid_from = time_text(X509_get0_notBefore(certificate));
    failure.valid_to = time_text(X509_get0_notAfter(certificate));
    failure.fingerprint = fingerprint_text(certificate);
    X509* server = X509_STORE_CTX_get0_cert(context);
    if (server != nullptr && X509_cmp(server, certificate) != 0) {
        failure.subject += ", above " + name_text(X509_get_subject_name(server));
    }
    describe_reason(failure, certificate);
    return failure;
}

}  // namespace http
