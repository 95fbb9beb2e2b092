// Every request that an operation can write, held against the published schema where it is at hand.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <cstdarg>
#include <filesystem>
#include <memory>
#include <vector>

#include "ews/operations/convert_id.hpp"
#include "ews/operations/copy_item.hpp"
#include "ews/operations/create_folder.hpp"
#include "ews/operations/create_item.hpp"
#include "ews/operations/create_user_configuration.hpp"
#include "ews/operations/delete_folder.hpp"
#include "ews/operations/delete_item.hpp"
#include "ews/operations/find_folder.hpp"
#include "ews/operations/find_item.hpp"
#include "ews/operations/get_attachment.hpp"
#include "ews/operations/get_folder.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/get_streaming_events.hpp"
#include "ews/operations/get_user_configuration.hpp"
#include "ews/operations/move_item.hpp"
#include "ews/operations/resolve_names.hpp"
#include "ews/operations/subscribe.hpp"
#include "ews/operations/sync_folder_hierarchy.hpp"
#include "ews/operations/sync_folder_items.hpp"
#include "ews/operations/unsubscribe.hpp"
#include "ews/operations/update_folder.hpp"
#include "ews/operations/update_item.hpp"
#include "ews/operations/update_user_configuration.hpp"
#include "ews/soap.hpp"

namespace {

using namespace ews;

const std::string schema_file = MAILFERRY_SHARED "/ews/schema/libxml2/observed/envelope-strict.xsd";

const FolderId folder{"AAMkFolder=", "AQAAAA=="};
const ItemId item{"AAMkItem=", "CQAAAA=="};

class Requests {
public:
    template <Operation Op>
    void add(const Op& operation) {
        all.push_back(write_request(operation, std::nullopt));
        all.push_back(write_request(operation, "ann@example.test"));
    }
    std::vector<std::string> all;
};

void add_folder_requests(Requests& requests) {
    requests.add(GetFolder{{DistinguishedFolder::inbox, folder}});
    GetFolder delegate{{}};
    delegate.folders.emplace_back(DistinguishedFolder::sentitems, "team@example.test");
    requests.add(delegate);
    FindFolder find{DistinguishedFolder::msgfolderroot, true};
    find.restriction = starts_with(FieldUri{"folder:DisplayName"}, "- Create New ");
    requests.add(find);
    requests.add(FindFolder{folder});
    requests.add(CreateFolder{folder, {{"A", "IPF.Note", {{state_property(), {"x"}}}}, {"B"}}});
    UpdateFolder update;
    update.updates.push_back({folder, "New name", {{state_property(), {"x"}}}});
    update.updates.push_back({DistinguishedFolder::junkemail, "Junk"});
    requests.add(update);
    for (const auto type : {DeleteType::hard_delete, DeleteType::soft_delete})
        requests.add(DeleteFolder{{folder, DistinguishedFolder::drafts}, type});
    requests.add(SyncFolderHierarchy());
    requests.add(SyncFolderHierarchy{DistinguishedFolder::msgfolderroot, {"H4s="}});
    requests.add(SyncFolderItems{folder});
    requests.add(SyncFolderItems{DistinguishedFolder::inbox, {"H4s="}, change_shape(), 1});
}

void add_item_requests(Requests& requests) {
    FindItem find{{folder, DistinguishedFolder::inbox}, mail_shape()};
    find.restriction = all_of(
        {negate(exists(state_property())),
         is_equal_to(FieldUri{"message:InternetMessageId"}, "<a@b>"),
         contains(FieldUri{"item:Subject"}, "x")}
    );
    find.order = SortOrder{FieldUri{"item:DateTimeReceived"}, true};
    requests.add(find);
    requests.add(FindItem{{DistinguishedFolder::outbox}});
    GetItem get{{item, {"B", ""}}};
    requests.add(get);
    get.shape.mime = true;
    requests.add(get);
    for (const ItemShape& shape : {parts_shape(), name_shape()}) {
        get.shape = shape;
        requests.add(get);
    }
    requests.add(GetAttachment{{{"AAMkAttachment="}, {"B"}}});
    requests.add(GetAttachment{{{"B"}}, false});
    UpdateItem update;
    update.updates.push_back({item, {{"A", "B"}}, "archived:1", true});
    update.updates.push_back({item, std::vector<std::string>(), "", false});
    update.updates.push_back({item, {{"A"}}, "x", std::nullopt, "CalendarItem"});
    for (const auto resolution :
         {ConflictResolution::auto_resolve,
          ConflictResolution::always_overwrite,
          ConflictResolution::never_overwrite}) {
        update.conflict_resolution = resolution;
        requests.add(update);
    }
    requests.add(MoveItem{folder, {item}});
    requests.add(CopyItem{DistinguishedFolder::deleteditems, {item, item}});
    for (const auto type :
         {DeleteType::hard_delete, DeleteType::soft_delete, DeleteType::move_to_deleted_items})
        requests.add(DeleteItem{{item}, type});
    requests.add(CreateItem{folder, {{"From: a@b\r\n\r\n", {"A"}, "x", true}, {"\x01\xFF"}}});
    requests.add(SendNewItem{{{"From: a@b\r\n\r\n", {"A"}, "x"}, {"\x01\xFF"}}});
}

void add_other_requests(Requests& requests) {
    requests.add(Subscribe{{folder, DistinguishedFolder::inbox}});
    requests.add(Subscribe{{}});
    requests.add(Unsubscribe{{"JgBi="}});
    requests.add(GetStreamingEvents{{{"S1"}, {"S2"}}, std::chrono::minutes(30)});
    requests.add(ResolveNames{"/o=Us/cn=Recipients/cn=ann"});
    requests.add(ConvertId{{{"EntryId", "AAAA", "ann@example.test"}}, "EwsId"});
    requests.add(GetUserConfiguration{DistinguishedFolder::calendar, "CategoryList"});
    requests.add(CreateUserConfiguration{{DistinguishedFolder::calendar, "CategoryList", "<a/>"}});
    requests.add(UpdateUserConfiguration{{folder, "CategoryList", "<a/>"}});
}

void collect(void* problems, const char* format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    *static_cast<std::string*>(problems) += line;
}

template <auto Free>
struct Deleter {
    void operator()(auto* pointer) const { Free(pointer); }
};

TEST(Schema, EveryRequestIsValid) {
    if (!std::filesystem::exists(schema_file)) GTEST_SKIP() << schema_file << " is not here";
    const std::unique_ptr<xmlSchemaParserCtxt, Deleter<xmlSchemaFreeParserCtxt>> parser(
        xmlSchemaNewParserCtxt(schema_file.c_str())
    );
    const std::unique_ptr<xmlSchema, Deleter<xmlSchemaFree>> schema(xmlSchemaParse(parser.get()));
    ASSERT_TRUE(schema);
    const std::unique_ptr<xmlSchemaValidCtxt, Deleter<xmlSchemaFreeValidCtxt>> validator(
        xmlSchemaNewValidCtxt(schema.get())
    );
    std::string problems;
    xmlSchemaSetValidErrors(validator.get(), collect, nullptr, &problems);
    Requests requests;
    add_folder_requests(requests);
    add_item_requests(requests);
    add_other_requests(requests);
    for (const auto& request : requests.all) {
        const std::unique_ptr<xmlDoc, Deleter<xmlFreeDoc>> document(xmlReadMemory(
            request.data(), static_cast<int>(request.size()), "request", nullptr, XML_PARSE_NONET
        ));
        ASSERT_TRUE(document) << request;
        problems.clear();
        EXPECT_EQ(xmlSchemaValidateDoc(validator.get(), document.get()), 0)
            << problems << "in " << request;
    }
}

}  // namespace
