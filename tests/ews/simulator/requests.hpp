// The requests that the tests of answer/ send: as short as the schema lets them be.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "ews/simulator/text.hpp"

namespace ews::simulator::testing {

inline constexpr std::string_view mark_uri =
    R"(<t:ExtendedFieldURI PropertySetId="C11FF724-aa03-4555-9952-8fa248a11c3e")"
    R"( PropertyName="State" PropertyType="String"/>)";

inline std::string distinguished(std::string_view name) {
    return fmt::format(R"(<t:DistinguishedFolderId Id="{}"/>)", name);
}

inline std::string item(std::string_view id, std::string_view key = "") {
    if (key.empty()) return fmt::format(R"(<t:ItemId Id="{}"/>)", id);
    return fmt::format(R"(<t:ItemId Id="{}" ChangeKey="{}"/>)", id, key);
}

inline std::string get_item(std::string_view ids, std::string_view shape) {
    return fmt::format(
        "<m:GetItem><m:ItemShape>{}</m:ItemShape><m:ItemIds>{}</m:ItemIds></m:GetItem>", shape, ids
    );
}

inline std::string find_item(
    std::string_view restriction, std::string_view view = "", std::string_view order = ""
) {
    const auto wanted = restriction.empty()
                            ? std::string{}
                            : fmt::format("<m:Restriction>{}</m:Restriction>", restriction);
    return fmt::format(
        R"(<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>)"
        R"(<t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties>)"
        "</m:ItemShape>{}{}{}<m:ParentFolderIds>{}</m:ParentFolderIds></m:FindItem>",
        view,
        wanted,
        order,
        distinguished("inbox")
    );
}

inline std::string update_item(
    std::string_view id, std::string_view updates, std::string_view mode = "AutoResolve"
) {
    return fmt::format(
        R"(<m:UpdateItem ConflictResolution="{}" MessageDisposition="SaveOnly"><m:ItemChanges>)"
        "<t:ItemChange>{}<t:Updates>{}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>",
        mode,
        id,
        updates
    );
}

inline std::string set_categories(std::string_view category) {
    return fmt::format(
        R"(<t:SetItemField><t:FieldURI FieldURI="item:Categories"/><t:Message><t:Categories>)"
        "<t:String>{}</t:String></t:Categories></t:Message></t:SetItemField>",
        category
    );
}

inline std::string set_mark(std::string_view value) {
    return fmt::format(
        "<t:SetItemField>{0}<t:Message><t:ExtendedProperty>{0}<t:Value>{1}</t:Value>"
        "</t:ExtendedProperty></t:Message></t:SetItemField>",
        mark_uri,
        value
    );
}

inline std::string set_read(bool read) {
    return fmt::format(
        R"(<t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>{}</t:IsRead>)"
        "</t:Message></t:SetItemField>",
        read
    );
}

inline std::string create_item(
    std::string_view message,
    std::string_view disposition = "SaveOnly",
    std::string_view folder = "drafts"
) {
    return fmt::format(
        R"(<m:CreateItem MessageDisposition="{}"><m:SavedItemFolderId>{}</m:SavedItemFolderId>)"
        "<m:Items><t:Message>{}</t:Message></m:Items></m:CreateItem>",
        disposition,
        distinguished(folder),
        message
    );
}

inline std::string mime_content(std::string_view mime) {
    return fmt::format("<t:MimeContent>{}</t:MimeContent>", encode_base64(mime));
}

inline std::string move_item(std::string_view ids, std::string_view to) {
    return fmt::format(
        "<m:MoveItem><m:ToFolderId>{}</m:ToFolderId><m:ItemIds>{}</m:ItemIds></m:MoveItem>",
        distinguished(to),
        ids
    );
}

inline std::string delete_item(std::string_view id, std::string_view type) {
    return fmt::format(
        R"(<m:DeleteItem DeleteType="{}"><m:ItemIds>{}</m:ItemIds></m:DeleteItem>)", type, id
    );
}

inline std::string sync_items(std::string_view state, int max) {
    return fmt::format(
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
        "<m:SyncFolderId>{}</m:SyncFolderId>{}<m:MaxChangesReturned>{}</m:MaxChangesReturned>"
        "</m:SyncFolderItems>",
        distinguished("inbox"),
        state.empty() ? "" : fmt::format("<m:SyncState>{}</m:SyncState>", state),
        max
    );
}

inline std::string create_folder(std::string_view name) {
    return fmt::format(
        "<m:CreateFolder><m:ParentFolderId>{}</m:ParentFolderId><m:Folders><t:Folder>"
        "<t:DisplayName>{}</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>",
        distinguished("msgfolderroot"),
        name
    );
}

inline std::string subscribe(std::string_view folder) {
    return fmt::format(
        "<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>{}</t:FolderIds><t:EventTypes>"
        "<t:EventType>CreatedEvent</t:EventType><t:EventType>MovedEvent</t:EventType>"
        "</t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>",
        distinguished(folder)
    );
}

inline std::string stream(std::string_view subscription) {
    return fmt::format(
        "<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>{}</t:SubscriptionId>"
        "</m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>",
        subscription
    );
}

/// `parts` is what the object holds; the operation is "CreateUserConfiguration" or "Update…".
inline std::string put_configuration(std::string_view operation, std::string_view parts) {
    return fmt::format(
        R"(<m:{0}><m:UserConfiguration><t:UserConfigurationName Name="Mailferry">{1})"
        "</t:UserConfigurationName>{2}</m:UserConfiguration></m:{0}>",
        operation,
        distinguished("inbox"),
        parts
    );
}

inline std::string get_configuration(std::string_view properties) {
    return fmt::format(
        R"(<m:GetUserConfiguration><m:UserConfigurationName Name="Mailferry">{}</m:UserConfigurationName>)"
        "<m:UserConfigurationProperties>{}</m:UserConfigurationProperties></"
        "m:GetUserConfiguration>",
        distinguished("inbox"),
        properties
    );
}

}  // namespace ews::simulator::testing
