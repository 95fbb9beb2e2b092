#include "ews/item_shape.hpp"

#include "ews/xml.hpp"

namespace ews {
namespace {

void write_fields(pugi::xml_node shape, const std::vector<Field>& fields) {
    if (fields.empty()) return;
    auto additional = add(shape, "t:AdditionalProperties");
    for (const auto& field : fields) write_field(additional, field);
}

}  // namespace

ItemShape mail_shape() {
    ItemShape shape;
    for (const char* uri :
         {"item:ParentFolderId",
          "item:ItemClass",
          "item:Subject",
          "item:DateTimeReceived",
          "item:Size",
          "item:Categories",
          "item:InReplyTo",
          "item:IsSubmitted",
          "item:IsDraft",
          "item:IsFromMe",
          "item:DateTimeSent",
          "item:HasAttachments",
          "item:LastModifiedTime",
          "message:Sender",
          "message:From",
          "message:InternetMessageId",
          "message:IsRead",
          "message:References"})
        shape.fields.emplace_back(FieldUri{uri});
    shape.fields.emplace_back(state_property());
    shape.fields.emplace_back(message_id_property());
    shape.fields.emplace_back(sender_smtp_property());
    shape.fields.emplace_back(from_smtp_property());
    return shape;
}

ItemShape parts_shape() {
    ItemShape shape = mail_shape();
    shape.body_type = "Best";
    for (const char* uri :
         {"item:Body",
          "item:Attachments",
          "item:InternetMessageHeaders",
          "message:ToRecipients",
          "message:CcRecipients",
          "message:BccRecipients",
          "message:ReplyTo"})
        shape.fields.emplace_back(FieldUri{uri});
    return shape;
}

ItemShape name_shape() {
    ItemShape shape;
    for (const char* uri : {"item:Subject", "message:InternetMessageId"})
        shape.fields.emplace_back(FieldUri{uri});
    shape.fields.emplace_back(message_id_property());
    return shape;
}

ItemShape change_shape() {
    ItemShape shape;
    for (const char* uri : {"item:DateTimeReceived", "item:Categories", "item:LastModifiedTime"})
        shape.fields.emplace_back(FieldUri{uri});
    return shape;
}

FolderShape folder_shape() {
    FolderShape shape;
    for (const char* uri :
         {"folder:ParentFolderId",
          "folder:FolderClass",
          "folder:DisplayName",
          "folder:TotalCount",
          "folder:ChildFolderCount",
          "folder:UnreadCount"})
        shape.fields.emplace_back(FieldUri{uri});
    return shape;
}

void write_shape(pugi::xml_node request, const ItemShape& shape) {
    auto node = add(request, "m:ItemShape");
    add_text(node, "t:BaseShape", "IdOnly");
    if (shape.mime) add_text(node, "t:IncludeMimeContent", "true");
    if (!shape.body_type.empty()) add_text(node, "t:BodyType", shape.body_type);
    write_fields(node, shape.fields);
}

void write_shape(pugi::xml_node request, const FolderShape& shape) {
    auto node = add(request, "m:FolderShape");
    add_text(node, "t:BaseShape", "IdOnly");
    write_fields(node, shape.fields);
}

}  // namespace ews
