"""What the users do and what is expected of it: drops.tsv, and the sample mails as Python reads them."""
import hashlib, os
from dataclasses import dataclass, field
from datetime import timezone
from email import message_from_bytes, policy

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "mail")
# Such a server makes MIME anew at each fetch: a mail is known again by its Message-ID, not by its bytes.
REMADE = os.environ.get("EXCHANGE") == "ntlm-grommunio"
KINDS = ["Email", "Opportunity", "Case", "Project", "Quote"]  # "- Create New …"


def key_of(mime):
    """What tells a mail of the demonstration from all others, in mailbox and CRM."""
    if not REMADE:
        return hashlib.sha256(mime).hexdigest()
    message = message_from_bytes(mime, policy=policy.default)
    return str(message.get("Message-ID") or message.get("Subject", ""))


@dataclass
class User:
    address: str
    name: str  # in the CRM
    reads: bool  # opens a mail before filing it


USERS = {"anna": User("anna@us.example", "Anna Berg", True), "ben": User("ben@us.example", "Ben Okafor", False)}


@dataclass(order=True)
class Record:
    """A record of the CRM; empty is what it has not."""
    kind: str
    name: str
    account: str = ""
    contact: str = ""
    reached_at: str = ""  # addresses or domains
    owner: str = ""

    def __str__(self):
        said = [("of", self.account), ("for", self.contact), ("at", self.reached_at), ("owned by", self.owner)]
        return f'{self.kind} "{self.name}"' + "".join(f" {word} {value}" for word, value in said if value)


@dataclass
class Drop:
    who: str
    origin: str
    kind: str
    mail: str
    verdict: str
    place: str
    category: str
    new: list = field(default_factory=list)
    linked: list = field(default_factory=list)
    text: str = ""
    files: list = field(default_factory=list)

    def __post_init__(self):
        with open(os.path.join(SAMPLES, self.mail + ".eml"), "rb") as file:
            self.mime = file.read()
        self.key = key_of(self.mime)
        self.message = message_from_bytes(self.mime, policy=policy.default)

    def expect(self, what, *values):
        if what == "new":
            self.new.append(Record(*("" if value == "-" else value for value in values), owner=USERS[self.who].name))
        elif what == "linked":
            kind, name = values
            self.linked.append((kind, name))
        elif what == "text":
            (self.text,) = values
        elif what == "file":
            (name,) = values
            self.files.append(name)
        else:
            raise ValueError("drops.tsv: no such expectation: " + what)

    def subject(self):
        return " ".join(str(self.message.get("Subject", "")).split())

    def date(self):
        return self.message["Date"].datetime.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def addresses(self):
        return [(position, entry.display_name, entry.addr_spec.lower())
                for position in ("from", "to", "cc", "bcc")
                for header in self.message.get_all(position, []) for entry in header.addresses]

    def direction(self):
        return "sent" if self.addresses()[0][2] == USERS[self.who].address else "received"

    def attached(self):
        """The sha256 of every attachment."""
        return [hashlib.sha256(part.get_payload(decode=True)).hexdigest()
                for part in self.message.iter_attachments()]


def read_drops(path):
    drops = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.strip() or line.startswith("#"):
                continue
            first, *others = line.rstrip("\n").split("\t")
            if first:
                drops.append(Drop(first, *others))
            else:
                drops[-1].expect(*others)
    return drops
