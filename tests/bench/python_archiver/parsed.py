"""A mail as the CRM keeps it, read by Python's own parser; its HTML is made safe to be shown by lxml's Cleaner."""
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser

from lxml.html.clean import Cleaner

CLEANER = Cleaner(style=True, inline_style=False, links=False, safe_attrs_only=True)
PARSER = BytesParser(policy=policy.default)
POSITIONS = ("from", "reply-to", "to", "cc", "bcc")


@dataclass
class Address:
    position: str
    name: str
    address: str

    def first_last(self):
        last, comma, first = self.name.partition(", ")
        if comma:
            return first, last
        first, _, last = (self.name or self.address.partition("@")[0]).rpartition(" ")
        return first, last


class Parsed:
    def __init__(self, original):
        mail = PARSER.parsebytes(original)
        self.original = original
        self.message_id = str(mail["Message-ID"] or "").strip()
        self.subject = str(mail["Subject"] or "")
        self.date = int(mail["Date"].datetime.timestamp()) if mail["Date"] and mail["Date"].datetime else None
        self.addresses = [Address(position, one.display_name, one.addr_spec)
                          for position in POSITIONS if mail[position] for one in mail[position].addresses]
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        self.html = safe(html.get_content()) if html else None
        self.text = plain.get_content().replace("\r\n", "\n") if plain else ""
        self.new_text = "\n".join(line for line in self.text.split("\n") if not line.startswith(">")).strip()
        self.attachments = [(part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True) or b"")
                            for part in mail.iter_attachments()]


def safe(html):
    return CLEANER.clean_html(html) if html.strip() else ""
