"""The embedded CRM of Mailferry, written from Python: the same tables, the same keys of idempotency, one transaction a
batch, as durable (WAL, synchronous = FULL)."""
import hashlib, sqlite3, time

KIND_ORDER = ("user", "contact", "lead")  # the first one that has an address stands for it


class Crm:
    def __init__(self, path):
        self.db = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        self.run = self.db.execute
        for setting in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
            self.run("PRAGMA " + setting)

    def __enter__(self):
        self.run("BEGIN IMMEDIATE")

    def __exit__(self, kind, error, trace):
        self.run("ROLLBACK" if kind else "COMMIT")

    def archive(self, mailbox, mail, makes_opportunity):
        """`mail` with everybody whom it names; nothing where it is there already."""
        key = "email:" + mail.message_id
        if self.row("SELECT record FROM keys WHERE key = ?", key):
            return
        owner = self.person(mailbox)[0]
        people = self.people(mail, owner)
        links = {record for record, _, _ in people.values()}
        if makes_opportunity:
            links.add(self.opportunity(mail, people, owner))
        self.store(mail, key, mailbox, owner, links)

    def people(self, mail, owner):
        """Address -> record, kind and account: found, or created with an account of its domain."""
        people = {}
        for address in mail.addresses:
            comparable = address.address.lower()
            if address.position != "reply-to" and comparable not in people:
                people[comparable] = self.person(comparable) or self.new_contact(address, comparable, owner)
        return people

    def person(self, comparable):
        found = self.run("SELECT r.id, r.kind, r.account FROM addresses a JOIN records r ON r.id = a.record "
                         "WHERE a.comparable = ? ORDER BY r.id", (comparable,)).fetchall()
        for kind in KIND_ORDER:
            for record in found:
                if record[1] == kind:
                    return record
        return None

    def new_contact(self, address, comparable, owner):
        account = self.account(comparable.rpartition("@")[2], owner)
        first, last = address.first_last()
        record = self.record("contact", " ".join(filter(None, (first, last))), owner, "contact:" + comparable, account)
        self.db.executemany("INSERT INTO fields (record, name, value) VALUES (?, ?, ?)",
                            [(record, "first_name", first), (record, "last_name", last)])
        self.run("INSERT INTO addresses (record, field_order, address, comparable) VALUES (?, 0, ?, ?)",
                 (record, address.address, comparable))
        return record, "contact", account

    def account(self, domain, owner):
        found = self.row("SELECT r.id FROM domains d JOIN records r ON r.id = d.record "
                         "WHERE d.domain = ? AND r.kind = 'account' ORDER BY r.id", domain)
        if found:
            return found[0]
        record = self.record("account", domain, owner, "account:" + domain)
        self.run("INSERT INTO domains (record, domain) VALUES (?, ?)", (record, domain))
        return record

    def opportunity(self, mail, people, owner):
        """For the sender, or for the first contact where the sender is none."""
        contacts = [one for one in people.values() if one[1] == "contact"]
        contact, _, account = contacts[0] if contacts else (None, None, None)
        key = "opportunity:" + mail.message_id
        record = self.record("opportunity", mail.subject, owner, key, account, contact, "open")
        self.run("INSERT INTO fields (record, name, value) VALUES (?, 'description', ?)", (record, mail.text))
        return record

    def store(self, mail, key, mailbox, owner, links):
        record = self.record("email", mail.subject, owner, key)
        self.run("INSERT INTO mails (record, message_id, text, new_text, html, date, sent, mailbox, original) "
                 "VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)",
                 (record, mail.message_id, mail.text, mail.new_text, mail.html, mail.date, mailbox,
                  self.blob(mail.original)))
        self.db.executemany("INSERT INTO mail_addresses (mail, ordinal, position, name, address) "
                            "VALUES (?, ?, ?, ?, ?)",
                            [(record, number, one.position, one.name, one.address)
                             for number, one in enumerate(mail.addresses)])
        self.db.executemany("INSERT INTO attachments (mail, ordinal, filename, content_type, blob) "
                            "VALUES (?, ?, ?, ?, ?)",
                            [(record, number, name, content_type, self.blob(content))
                             for number, (name, content_type, content) in enumerate(mail.attachments, 1)])
        self.db.executemany("INSERT INTO links (mail, record) VALUES (?, ?)", [(record, link) for link in links])

    def record(self, kind, name, owner, key, account=None, contact=None, status=""):
        now = int(time.time())
        record = self.run("INSERT INTO records (kind, name, status, account, contact, owner, created, modified) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          (kind, name, status, account, contact, owner, now, now)).lastrowid
        self.run("INSERT INTO keys (key, record) VALUES (?, ?)", (key, record))
        return record

    def blob(self, content):
        sha256 = hashlib.sha256(content).hexdigest()
        found = self.row("SELECT id FROM blobs WHERE sha256 = ?", sha256)
        return found[0] if found else self.run("INSERT INTO blobs (sha256, bytes) VALUES (?, ?)",
                                               (sha256, content)).lastrowid

    def row(self, sql, *values):
        return self.run(sql, values).fetchone()
