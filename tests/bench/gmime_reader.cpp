#include "gmime_reader.hpp"

#include <gmime/gmime.h>

#include <cstring>
#include <memory>

namespace bench {
namespace {

template <typename T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref<T>>;

std::size_t length(const char* text) {
    return text == nullptr ? 0 : std::strlen(text);
}

std::size_t people(InternetAddressList* list) {
    std::size_t count = 0;
    const int size = list == nullptr ? 0 : internet_address_list_length(list);
    for (int i = 0; i < size; ++i) {
        InternetAddress* const one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(one)) {
            count += people(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)));
            continue;
        }
        const auto name = length(internet_address_get_name(one));
        const auto address =
            length(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
        count += name + address > 0 ? 1 : 0;
    }
    return count;
}

std::size_t content(GMimeObject* part) {
    GMimeDataWrapper* const wrapper = g_mime_part_get_content(GMIME_PART(part));
    if (wrapper == nullptr) return 0;
    const Owned<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, memory.get());
    return g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()))->len;
}

bool attached(GMimeObject* part) {
    GMimeContentDisposition* const disposition = g_mime_object_get_content_disposition(part);
    return disposition != nullptr && g_mime_content_disposition_is_attachment(disposition);
}

void leaf(GMimeObject*, GMimeObject* part, gpointer data) {
    auto& yield = *static_cast<Yield*>(data);
    if (GMIME_IS_MULTIPART(part)) return;
    GMimeContentType* const type = g_mime_object_get_content_type(part);
    const bool text = g_mime_content_type_is_type(type, "text", "plain") ||
                      g_mime_content_type_is_type(type, "text", "html");
    if (text && !attached(part)) {
        char* const utf8 = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        yield.text += length(utf8);
        g_free(utf8);
        return;
    }
    ++yield.attachments;
    if (!GMIME_IS_PART(part)) return;  // a mail in the mail: a view here, an object there
    yield.text += length(g_mime_part_get_filename(GMIME_PART(part))) > 0 ? 1 : 0;
    yield.bytes += content(part);
}

}  // namespace

void start_gmime() {
    g_mime_init();
}

Yield read_with_gmime(std::string_view mail) {
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(mail.data(), mail.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    Yield yield;
    if (!message) return yield;
    yield.addresses += people(g_mime_message_get_from(message.get()));
    yield.addresses += people(g_mime_message_get_sender(message.get()));
    yield.addresses += people(g_mime_message_get_reply_to(message.get()));
    yield.addresses += people(g_mime_message_get_to(message.get()));
    yield.addresses += people(g_mime_message_get_cc(message.get()));
    yield.addresses += people(g_mime_message_get_bcc(message.get()));
    yield.text += length(g_mime_message_get_subject(message.get())) > 0 ? 1 : 0;
    yield.text += g_mime_message_get_date(message.get()) != nullptr ? 1 : 0;
    yield.text += length(g_mime_message_get_message_id(message.get())) > 0 ? 1 : 0;
    g_mime_message_foreach(message.get(), &leaf, &yield);
    return yield;
}

}  // namespace bench
