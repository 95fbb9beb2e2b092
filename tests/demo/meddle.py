"""Runs within samples/demo.sh, between the drops and the checks: alters the CRM, the mailboxes and the expectations,
one thing at a time, and demands of `demo.py check` that it exits with 1 and says what is wrong. Each alteration is
undone, but for the last: with that one samples/demo.sh itself has to fail.

  meddle.py PROGRAM WORK URL DROPS"""
import os, shutil, sqlite3, subprocess, sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "samples", "demo"))
from drops import SAMPLES, USERS, key_of, read_drops
from outlook import Mailbox

PEOPLE = "DELETE FROM links WHERE record IN (SELECT id FROM records WHERE kind IN ('user', 'contact', 'lead'))"
MADE = "kind IN ('opportunity', 'case', 'project', 'quote') AND id IN (SELECT record FROM links)"

IN_CRM = [
    ("people are not linked", "links: expected", PEOPLE),
    ("made records are not linked", "links: expected",
     f"DELETE FROM links WHERE record IN (SELECT id FROM records WHERE {MADE})"),
    ("one link too many", "links: expected",
     "INSERT INTO links SELECT (SELECT min(record) FROM mails), id FROM records WHERE name = 'Support Desk'"),
    ("no account", "new records: expected", f"UPDATE records SET account = NULL WHERE {MADE}"),
    ("no contact", "new records: expected", f"UPDATE records SET contact = NULL WHERE {MADE}"),
    ("another owner", "new records: expected",
     f"UPDATE records SET owner = (SELECT id FROM records WHERE name = 'Support Desk') WHERE {MADE}"),
    ("a new contact without address", "new records: expected",
     "DELETE FROM addresses WHERE record = (SELECT id FROM records WHERE name = 'Helga Lind')"),
    ("a new account without domain", "new records: expected", "DELETE FROM domains WHERE domain = 'fjordline.example'"),
    ("a new contact is gone", "(not in the CRM)", "DELETE FROM records WHERE name = 'Helga Lind'"),
    ("a record too many", "records that nobody asked for: expected none, found",
     "INSERT INTO records (kind, name, status, created, modified)"
     " SELECT kind, name, status, created, modified FROM records WHERE name = 'Helga Lind'"),
    ("an old record is altered", "records changed or gone: expected none, found",
     "UPDATE records SET name = 'Acme Limited' WHERE name = 'Acme Ltd'"),
    ("an old record is gone", "records changed or gone: expected none, found",
     "DELETE FROM records WHERE name = 'Chloé Marchand'"),
    ("no descriptions", "is not in its description", "UPDATE fields SET value = '' WHERE name = 'description'"),
    ("no texts", "text in the CRM:", "UPDATE mails SET text = ''"),
    ("no subjects", "subject in the CRM: expected", "UPDATE records SET name = '' WHERE kind = 'email'"),
    ("no senders", "addresses in the CRM: expected", "DELETE FROM mail_addresses WHERE position = 'from'"),
    ("no recipients", "addresses in the CRM: expected", "DELETE FROM mail_addresses WHERE position = 'to'"),
    ("the other direction", "direction in the CRM: expected sent, found received", "UPDATE mails SET sent = 1 - sent"),
    ("an hour later", "date in the CRM: expected", "UPDATE mails SET date = date + 3600"),
    ("another mailbox", "mailbox in the CRM: expected", "UPDATE mails SET mailbox = 'chloe@us.example'"),
    ("no files", "files in the CRM: expected order-5521.pdf, found none", "DELETE FROM attachments"),
    ("other names of files", "files in the CRM: expected order-5521.pdf", "UPDATE attachments SET filename = 'x'"),
    ("files are spoilt", "bytes of the files in the CRM: expected",
     "UPDATE blobs SET bytes = x'00' WHERE id IN (SELECT blob FROM attachments)"),
    ("originals are spoilt", "original in the CRM: expected",
     "UPDATE blobs SET bytes = x'00' WHERE id IN (SELECT original FROM mails)"),
    ("an e-mail is gone", "mails in the CRM: expected 1, found 0",
     "DELETE FROM records WHERE id = (SELECT min(record) FROM mails)"),
    ("an e-mail is there twice", "mails in the CRM: expected 1, found 2",
     "INSERT INTO records (kind, name, status, created, modified) SELECT kind, name, status, created, modified"
     " FROM records WHERE id = (SELECT min(record) FROM mails); INSERT INTO mails SELECT last_insert_rowid(),"
     " message_id, text, new_text, html, date, sent, mailbox, original FROM mails ORDER BY record LIMIT 1"),
    ("an e-mail of another mail", "e-mails in the CRM that nobody dropped: expected none, found",
     "UPDATE blobs SET sha256 = 'other' WHERE id = (SELECT original FROM mails ORDER BY record LIMIT 1)"),
]

# What stands in drops.tsv, and what takes its place.
EXPECTED = [
    ("a verdict", "verdict: expected archive, found skip", "colleague-only\tskip", "colleague-only\tarchive"),
    ("a folder", "copies in the mailbox: expected Inbox, found Sent Items",
     "sent-by-owner-to-customer\tarchive\tSent Items", "sent-by-owner-to-customer\tarchive\tInbox"),
    ("a category", "categories: expected Done, found Missing Required Matches",
     "colleague-only\tskip\tInbox\tMissing Required Matches", "colleague-only\tskip\tInbox\tDone"),
    ("a drop folder", "job: expected", "Quote\tmultipart", "Case\tmultipart"),
    ("one link less", "links: expected", "\tlinked\tlead\tFresh Lead\n", ""),
    ("another account", "new records: expected", "Order 5521\tNorthwind Traders", "Order 5521\tAcme Ltd"),
    ("one new record less", "new records: expected", "\tnew\tcontact\tPedro Ruiz\tAcme Ltd\t-\tpedro.ruiz@acme.example\n", ""),
    ("other words", "text in the CRM:", "twelve sets", "thirteen sets"),
    ("one file less", "files in the CRM: expected none, found order-5521.pdf", "\tfile\torder-5521.pdf\n", ""),
    ("one drop less", "jobs in the journal: expected 16, found 17",
     "ben\tInbox\tEmail\tnot-a-mail\tskip\tInbox\tMissing Required Matches\n", ""),
]


class Exchange:
    """Alterations of Anna's mailbox; each gives back what undoes it."""

    def __init__(self, work, url, drops):
        self.box = Mailbox(url, USERS["anna"].address, "secret", work + "/ca.pem")
        self.folders = self.box.folders()
        self.drop = drops[0]
        self.item = next(item for item in self.box.look() if key_of(item.mime) == self.drop.key).id
        with open(os.path.join(SAMPLES, "plain-old-mail.eml"), "rb") as file:
            self.stranger = file.read()

    def alterations(self):
        another = lambda folder: lambda: self.add(folder, self.stranger)
        return [
            ("a mail lies in a drop folder", "mails left in the drop folders of anna: expected none, found - Create New Case",
             another("- Create New Case")),
            ("a mail lies in the Inbox", "mails of anna that nobody dropped: expected none, found Inbox", another("Inbox")),
            ("a copy lies in Deleted Items", "copies in the mailbox: expected Inbox, found Deleted Items, Inbox",
             lambda: self.add("Deleted Items", self.drop.mime)),
            ("a copy lies in a drop folder", "copies in the mailbox: expected Inbox, found - Create New Email, Inbox",
             lambda: self.add("- Create New Email", self.drop.mime)),
            ("a mail lies elsewhere", "copies in the mailbox: expected Inbox, found Junk Email",
             lambda: self.move("Junk Email")),
            ("a mail is unread again", "read: expected True, found False", self.unread),
            ("a category too many", "categories: expected Processing Complete, found Blue, Processing Complete",
             lambda: self.categorise("Blue", "Processing Complete")),
            ("no category", "categories: expected Processing Complete, found none", lambda: self.categorise()),
        ]

    def add(self, folder, mime):
        item = self.box.deliver(self.folders[folder], mime, True)
        return lambda: self.box.call(f'<m:DeleteItem DeleteType="HardDelete"><m:ItemIds><t:ItemId Id="{item}"/>'
                                     "</m:ItemIds></m:DeleteItem>")

    def move(self, folder):
        self.box.drag(self.item, self.folders[folder])

        def undo():
            moved = next(item for item in self.box.look() if key_of(item.mime) == self.drop.key).id
            self.box.drag(moved, self.folders[self.drop.place])
            self.item = next(item for item in self.box.look() if key_of(item.mime) == self.drop.key).id
        return undo

    def change(self, what):
        self.box.call(
            '<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges>'
            f'<t:ItemChange><t:ItemId Id="{self.item}"/><t:Updates>{what}</t:Updates></t:ItemChange>'
            "</m:ItemChanges></m:UpdateItem>")

    def unread(self):
        is_read = lambda value: self.change('<t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message>'
                                            f"<t:IsRead>{value}</t:IsRead></t:Message></t:SetItemField>")
        is_read("false")
        return lambda: is_read("true")

    def categorise(self, *names):
        strings = "".join(f"<t:String>{name}</t:String>" for name in names)
        field = '<t:FieldURI FieldURI="item:Categories"/>'
        self.change(f"<t:SetItemField>{field}<t:Message><t:Categories>{strings}</t:Categories></t:Message>"
                    "</t:SetItemField>" if names else f"<t:DeleteItemField>{field}</t:DeleteItemField>")
        return lambda: self.categorise(self.drop.category)


class Check:
    def __init__(self, program, work, url, drops_file):
        self.program, self.work, self.url, self.drops_file = program, work, url, drops_file

    def run(self, drops_file=None):
        return subprocess.run([sys.executable, os.path.join(ROOT, "samples", "demo", "demo.py"), "check", self.program,
                               self.work, self.url, drops_file or self.drops_file], capture_output=True, text=True)

    def passes(self):
        done = self.run()
        if done.returncode != 0 or "WRONG" in done.stdout:
            give_up("what was not meddled with should pass", done)

    def fails(self, what, sentence, drops_file=None):
        done = self.run(drops_file)
        wrong = [line for line in done.stdout.splitlines() if "WRONG" in line]
        if done.returncode != 1 or not any(sentence in line for line in wrong):
            give_up(f"{what}: not noticed as '{sentence}'", done)
        print("noticed:", what, flush=True)


def give_up(why, done):
    print(f"FAILED: {why}; exit status {done.returncode}\n{done.stdout}{done.stderr}", flush=True)
    sys.exit(3)


def alter(database, sql):
    before = (connection := sqlite3.connect(database)).total_changes
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(sql)
    connection.commit()
    if connection.total_changes == before:
        sys.exit("FAILED: nothing is altered by " + sql)
    connection.close()


def main():
    program, work, url, drops_file = sys.argv[1:]
    check, database = Check(program, work, url, drops_file), work + "/crm.sqlite"
    check.passes()
    shutil.copy(database, work + "/unaltered.sqlite")
    for what, sentence, sql in IN_CRM:
        alter(database, sql)
        check.fails(what, sentence)
        shutil.copy(work + "/unaltered.sqlite", database)
    for what, sentence, apply in Exchange(work, url, read_drops(drops_file)).alterations():
        undo = apply()
        check.fails(what, sentence)
        undo()
    with open(drops_file, encoding="utf-8") as file:
        drops = file.read()
    for what, sentence, old, new in EXPECTED:
        with open(work + "/altered.tsv", "w", encoding="utf-8") as file:
            file.write(drops.replace(old, new, 1))
        check.fails(f"expected is {what}", sentence, work + "/altered.tsv")
    check.passes()
    alter(database, PEOPLE)


main()
