#include "ews/simulator/item.hpp"

#include <algorithm>

#include "mime/attachment.hpp"
#include "mime/parse.hpp"

namespace ews::simulator {

namespace {

std::string content_type_of(const mime::Message& message) {
    for (const auto& field : message.headers)
        if (equal_ignoring_case(field.name, "Content-Type")) return lower(field.value);
    return {};
}

std::string class_by_content_type(const std::string& type) {
    if (type.starts_with("multipart/report")) {
        if (type.find("disposition-notification") != std::string::npos)
            return "REPORT.IPM.Note.IPNRN";
        return "REPORT.IPM.Note.NDR";
    }
    if (type.starts_with("multipart/signed")) return "IPM.Note.SMIME.MultipartSigned";
    const auto encrypted =
        type.starts_with("application/pkcs7-mime") || type.starts_with("application/x-pkcs7-mime");
    return encrypted ? "IPM.Note.SMIME" : "IPM.Note";
}

std::string class_by_calendar(const std::string& calendar) {
    if (calendar.find("METHOD:REQUEST") != std::string::npos) return "IPM.Schedule.Meeting.Request";
    if (calendar.find("METHOD:CANCEL") != std::string::npos) return "IPM.Schedule.Meeting.Canceled";
    if (calendar.find("METHOD:REPLY") != std::string::npos) return "IPM.Schedule.Meeting.Resp.Pos";
    return "IPM.Note";
}

}  // namespace

std::shared_ptr<const Content> read_content(std::string mime) {
    auto content = std::make_shared<Content>();
    content->mime = std::move(mime);
    content->message = mime::parse(content->mime);
    return content;
}

std::string item_class_of(const Content& content) {
    for (const auto& attachment : content.message.attachments)
        if (attachment.content_type == "text/calendar")
            return class_by_calendar(mime::decode(attachment));
    return class_by_content_type(content_type_of(content.message));
}

}  // namespace ews::simulator
