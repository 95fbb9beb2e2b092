#include "ews/simulator/mailbox.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

/// The events of a mailbox as words: "created:inbox", "moved:inbox>drafts".
struct Watched {
    std::vector<Event> events;
    Mailbox mailbox{agent, [this](const Event& event) { events.push_back(event); }};

    const Folder& folder(std::string_view name) { return mailbox.distinguished(name); }

    std::string words() {
        std::string result;
        for (const auto& event : events) {
            if (!result.empty()) result += ' ';
            constexpr const char* names[]{
                "created", "new_mail", "modified", "moved", "copied", "deleted"};
            result += event.is_folder ? "folder-" : "";
            result += names[static_cast<int>(event.kind)];
        }
        events.clear();
        return result;
    }
};

TEST(SimulatorMailbox, HasTheDistinguishedFoldersOfAFreshMailbox) {
    Watched w;
    for (const auto* name :
         {"root",
          "msgfolderroot",
          "inbox",
          "sentitems",
          "drafts",
          "deleteditems",
          "outbox",
          "junkemail",
          "calendar",
          "contacts",
          "tasks",
          "notes",
          "journal",
          "recoverableitemsdeletions",
          "searchfolders"})
        EXPECT_NE(w.mailbox.find_distinguished(name), nullptr) << name;
    EXPECT_EQ(w.mailbox.find_distinguished("archiveroot"), nullptr);
}

TEST(SimulatorMailbox, GivesANewItemIdOnMoveAndCopy) {
    Watched w;
    const auto first = w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), true).id;
    const auto second = w.mailbox.move(*w.mailbox.find_item(first), w.folder("drafts")).id;
    EXPECT_NE(first, second);
    EXPECT_EQ(w.mailbox.find_item(first), nullptr);
    const auto third = w.mailbox.copy(*w.mailbox.find_item(second), w.folder("inbox")).id;
    EXPECT_NE(second, third);
    EXPECT_NE(w.mailbox.find_item(second), nullptr);
    EXPECT_EQ(w.mailbox.find_item(second)->search_key, w.mailbox.find_item(third)->search_key);
}

TEST(SimulatorMailbox, KeepsTheFolderIdWhenAFolderMoves) {
    Watched w;
    const auto id = (*w.mailbox.create_folder(w.folder("msgfolderroot"), "Case", "IPF.Note"))->id;
    const auto moved = w.mailbox.move_folder(*w.mailbox.find_folder(id), w.folder("inbox"));
    ASSERT_TRUE(moved.has_value());
    EXPECT_EQ((*moved)->id, id);
    EXPECT_EQ((*moved)->parent, w.folder("inbox").serial);
}

TEST(SimulatorMailbox, RefusesToMoveAFolderIntoItself) {
    Watched w;
    const auto* const outer = *w.mailbox.create_folder(w.folder("inbox"), "Outer", "IPF.Note");
    const auto* const inner = *w.mailbox.create_folder(*outer, "Inner", "IPF.Note");
    EXPECT_EQ(w.mailbox.move_folder(*outer, *inner).error().code, "ErrorMoveCopyFailed");
}

TEST(SimulatorMailbox, GivesANewVersionOnEveryUpdate) {
    Watched w;
    const auto& item = w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), false);
    const auto before = item.version;
    w.mailbox.update(item, {{"item:Categories", [](Item& i) { i.categories = {"CRM"}; }}});
    EXPECT_GT(item.version, before);
    EXPECT_EQ(item.categories, std::vector<std::string>{"CRM"});
}

TEST(SimulatorMailbox, CountsUnreadMailThroughItsWholeLife) {
    Watched w;
    const auto& item = w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), true);
    EXPECT_EQ(w.folder("inbox").unread, 1U);
    w.mailbox.update(item, {{"message:IsRead", [](Item& i) { i.is_read = true; }}});
    EXPECT_EQ(w.folder("inbox").unread, 0U);
    w.mailbox.update(item, {{"message:IsRead", [](Item& i) { i.is_read = false; }}});
    w.mailbox.move(item, w.folder("drafts"));
    EXPECT_EQ(w.folder("inbox").unread, 0U);
    EXPECT_EQ(w.folder("drafts").unread, 1U);
}

TEST(SimulatorMailbox, TellsADeliveryAsCreatedNewMailAndModifiedFolder) {
    Watched w;
    w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), true);
    EXPECT_EQ(w.words(), "created new_mail folder-modified");
    w.mailbox.add(new_mail(mail("Two")), w.folder("inbox"), false);
    EXPECT_EQ(w.words(), "created folder-modified");
}

TEST(SimulatorMailbox, TellsAMoveOnceWithBothIds) {
    Watched w;
    const auto& item = w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), false);
    const auto old_id = item.id;
    w.events.clear();
    const auto new_id = w.mailbox.move(item, w.folder("drafts")).id;
    ASSERT_FALSE(w.events.empty());
    EXPECT_EQ(w.events[0].kind, EventKind::moved);
    EXPECT_EQ(w.events[0].id, new_id);
    EXPECT_EQ(w.events[0].old_id, old_id);
    EXPECT_EQ(w.events[0].parent, w.folder("drafts").id);
    EXPECT_EQ(w.events[0].old_parent, w.folder("inbox").id);
}

TEST(SimulatorMailbox, TellsASoftDeleteAsAMoveToTheDumpster) {
    Watched w;
    const auto& item = w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), false);
    w.words();
    w.mailbox.remove(item, DeleteType::soft);
    EXPECT_EQ(w.words(), "moved deleted deleted folder-modified");
    EXPECT_EQ(w.folder("recoverableitemsdeletions").items.size(), 1U);
}

TEST(SimulatorMailbox, MovesToDeletedItemsOrRemovesForGood) {
    Watched w;
    const auto& item = w.mailbox.add(new_mail(mail("One")), w.folder("inbox"), false);
    w.words();
    w.mailbox.remove(item, DeleteType::to_deleted_items);
    EXPECT_EQ(w.words(), "moved folder-modified folder-modified");
    const auto* const trashed = w.mailbox.items(w.folder("deleteditems")).at(0);
    w.mailbox.remove(*trashed, DeleteType::hard);
    EXPECT_EQ(w.words(), "deleted folder-modified");
    EXPECT_TRUE(w.folder("deleteditems").items.empty());
    EXPECT_TRUE(w.folder("recoverableitemsdeletions").items.empty());
}

TEST(SimulatorMailbox, RefusesASecondFolderOfTheSameName) {
    Watched w;
    const auto& root = w.folder("msgfolderroot");
    EXPECT_TRUE(w.mailbox.create_folder(root, "Case", "IPF.Note").has_value());
    EXPECT_EQ(w.mailbox.create_folder(root, "CASE", "IPF.Note").error().code, "ErrorFolderExists");
}

TEST(SimulatorMailbox, DeletesAFolderWithAllThatIsInIt) {
    Watched w;
    const auto* const outer = *w.mailbox.create_folder(w.folder("inbox"), "Outer", "IPF.Note");
    const auto* const inner = *w.mailbox.create_folder(*outer, "Inner", "IPF.Note");
    const auto item = w.mailbox.add(new_mail(mail("One")), *inner, false).id;
    EXPECT_TRUE(w.mailbox.delete_folder(*outer, DeleteType::hard).has_value());
    EXPECT_EQ(w.mailbox.find_item(item), nullptr);
    EXPECT_TRUE(w.mailbox.folders_below(w.folder("inbox"), true).empty());
    EXPECT_EQ(
        w.mailbox.delete_folder(w.folder("inbox"), DeleteType::hard).error().code,
        "ErrorDeleteDistinguishedFolder"
    );
}

}  // namespace
