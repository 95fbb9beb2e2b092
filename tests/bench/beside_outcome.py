"""What an archiver has left behind in mailboxes and CRM, in a form that can be compared: without ids and times, and
without who created a person, which is whoever met it first."""
import hashlib, re, sqlite3
from collections import Counter

from lxml.html import fragment_fromstring


def in_mailboxes(boxes):
    """Where every mail lies, and its categories."""
    return Counter((address, item.folder, tuple(sorted(item.categories)), hashlib.sha256(item.mime).hexdigest())
                   for address, box in boxes.items() for item in box.look())


def in_crm(path):
    """Title -> everything of that sort."""
    db = sqlite3.connect(path)
    rows = lambda sql, *values: db.execute(sql, values).fetchall()
    listed = lambda sql: lambda record: tuple(sorted(row for row in rows(sql, record)))
    fields = listed("SELECT name, value FROM fields WHERE record = ? AND name != 'description'")
    addresses = listed("SELECT field_order, address, comparable FROM addresses WHERE record = ?")
    domains = listed("SELECT domain FROM domains WHERE record = ?")
    participants = listed("SELECT ordinal, position, name, address FROM mail_addresses WHERE mail = ?")
    files = listed("SELECT a.ordinal, a.filename, a.content_type, b.sha256 FROM attachments a "
                   "JOIN blobs b ON b.id = a.blob WHERE a.mail = ?")
    links = listed("SELECT r.kind, r.name, coalesce((SELECT min(address) FROM addresses WHERE record = r.id), '') "
                   "FROM links l JOIN records r ON r.id = l.record WHERE l.mail = ?")
    found = {"people and accounts": Counter(
        (kind, name, status, account, fields(record), addresses(record), domains(record))
        for record, kind, name, status, account in rows(
            "SELECT r.id, r.kind, r.name, r.status, a.name FROM records r LEFT JOIN records a ON a.id = r.account "
            "WHERE r.kind NOT IN ('email', 'opportunity')"))}
    found["opportunities"] = Counter(rows(
        "SELECT r.name, r.status, a.name, c.name, o.name FROM records r LEFT JOIN records a ON a.id = r.account "
        "LEFT JOIN records c ON c.id = r.contact LEFT JOIN records o ON o.id = r.owner WHERE r.kind = 'opportunity'"))
    mails = rows("SELECT r.id, r.name, m.message_id, m.date, m.sent, m.mailbox, o.name, b.sha256 FROM records r "
                 "JOIN mails m ON m.record = r.id LEFT JOIN records o ON o.id = r.owner "
                 "LEFT JOIN blobs b ON b.id = m.original")
    found["e-mails"] = Counter(mail[1:] for mail in mails)
    found["addresses of the e-mails"] = Counter((mail[2], participants(mail[0])) for mail in mails)
    found["attachments, by hash"] = Counter((mail[2], files(mail[0])) for mail in mails)
    found["links of the e-mails"] = Counter((mail[2], links(mail[0])) for mail in mails)
    found["texts of the e-mails"] = Counter(
        (message_id, text, new_text.strip(), shown(html))
        for message_id, text, new_text, html in rows("SELECT message_id, text, new_text, html FROM mails"))
    found["descriptions of the opportunities"] = Counter(rows(
        "SELECT r.name, f.value FROM fields f JOIN records r ON r.id = f.record WHERE f.name = 'description'"))
    # Bytes that are stored, not only said to be: the hash is computed anew.
    wrong = [said for said, content in rows("SELECT sha256, bytes FROM blobs")
             if hashlib.sha256(content).hexdigest() != said]
    found["bytes that do not fit their hash"] = Counter(wrong)
    db.close()
    return found


def shown(html):
    """What a page shows of it; two programs that make HTML safe write it differently."""
    if html is None:
        return None
    if re.search(r"<(script|style|link|object|form)\b|\son\w+=", html, re.IGNORECASE):
        return "not safe to be shown"
    return " ".join(fragment_fromstring(html, create_parent=True).text_content().split())


def faults(outcome, expected_mails, mailboxes):
    """What is wrong with one outcome, whoever made it."""
    places = Counter(mail[:3] for mail in outcome["mails in the mailboxes"].elements())
    share = Counter(mailboxes[number % len(mailboxes)] for number in range(expected_mails))
    wanted = Counter({(address, "Inbox", ("Processing Complete",)): count for address, count in share.items()})
    if places != wanted:
        yield f"mailboxes: expected {dict(wanted)}, found {dict(places)}"
    mails = outcome["e-mails"]
    if mails.total() != expected_mails or len({mail[1] for mail in mails}) != expected_mails:
        yield f"CRM: {mails.total()} e-mails of {expected_mails}"
    if outcome["bytes that do not fit their hash"]:
        yield "CRM: bytes that do not fit their hash"


def differences(left, right):
    for title in left:
        for name, only in (("only there", left[title] - right[title]), ("only here", right[title] - left[title])):
            if only:
                yield f"{title}: {only.total()} {name}, such as {next(iter(only))}"


def summary(outcome):
    return ", ".join(f"{outcome[title].total()} {title}" for title in ("mails in the mailboxes", "people and accounts",
                                                                      "opportunities", "e-mails")) \
        + f", {sum(len(files) * count for (_, files), count in outcome['attachments, by hash'].items())} attachments"
