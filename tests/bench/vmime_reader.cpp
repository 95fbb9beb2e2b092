#include "vmime_reader.hpp"

#include <string>

#include <vmime/platforms/posix/posixHandler.hpp>
#include <vmime/vmime.hpp>

namespace bench {
namespace {

std::size_t people(const vmime::addressList& list) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < list.getAddressCount(); ++i) {
        const auto one = list.getAddressAt(i);
        if (one->isGroup()) {
            const auto group = vmime::dynamicCast<const vmime::mailboxGroup>(one);
            count += group->getMailboxCount();
            continue;
        }
        const auto mailbox = vmime::dynamicCast<const vmime::mailbox>(one);
        const auto name = mailbox->getName().getConvertedText(vmime::charsets::UTF_8);
        count += name.size() + mailbox->getEmail().toString().size() > 0 ? 1 : 0;
    }
    return count;
}

std::size_t decoded(const vmime::contentHandler& content) {
    std::string bytes;
    vmime::utility::outputStreamStringAdapter out(bytes);
    content.extract(out);
    return bytes.size();
}

std::size_t text(const vmime::textPart& part) {
    std::string utf8;
    vmime::utility::outputStreamStringAdapter out(utf8);
    const auto converter =
        vmime::charsetConverter::create(part.getCharset(), vmime::charsets::UTF_8);
    const auto converted = converter->getFilteredOutputStream(out);
    part.getText()->extract(*converted);
    converted->flush();
    return utf8.size();
}

}  // namespace

void start_vmime() {
    vmime::platform::setHandler<vmime::platforms::posix::posixHandler>();
}

Yield read_with_vmime(std::string_view mail) {
    Yield yield;
    try {
        const auto message = vmime::make_shared<vmime::message>();
        message->parse(std::string(mail));
        const vmime::messageParser parser(message);
        yield.addresses += parser.getExpeditor().isEmpty() ? 0 : 1;
        for (const auto& list :
             {parser.getRecipients(), parser.getCopyRecipients(), parser.getBlindCopyRecipients()})
            yield.addresses += people(list);
        yield.text += parser.getSubject().getConvertedText(vmime::charsets::UTF_8).empty() ? 0 : 1;
        yield.text += parser.getDate().getYear() > 0 ? 1 : 0;
        for (std::size_t i = 0; i < parser.getTextPartCount(); ++i)
            yield.text += text(*parser.getTextPartAt(i));
        for (std::size_t i = 0; i < parser.getAttachmentCount(); ++i) {
            ++yield.attachments;
            yield.bytes += decoded(*parser.getAttachmentAt(i)->getData());
        }
    } catch (const std::exception&) {  // of some mails of the corpus
    }
    return yield;
}

}  // namespace bench
