"""What is in mailbox, journal and CRM after the drops, and what of it differs from drops.tsv."""
import hashlib, json, subprocess, sys

from drops import KINDS, REMADE, USERS, Record, key_of


class Mailferry:
    """The program, asked about the journal and the CRM of the demonstration."""

    def __init__(self, program, work):
        self.program, self.config, self.crm = program, work + "/mailferry.xml", f"sqlite:{work}/crm.sqlite"

    def bytes(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True)
        if done.returncode != 0:
            sys.exit(f"demo: mailferry {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def objects(self, *arguments):
        return [json.loads(line) for line in self.bytes(*arguments, "--json").splitlines()]

    def jobs(self):
        return sorted(self.objects("queue", "list", "--all", "--config", self.config), key=lambda job: job["job"])

    def records(self):
        return [entry for entry in self.objects("crm", "list", self.crm) if entry["kind"] != "email"]

    def mails(self):
        return self.objects("crm", "list", self.crm, "email")

    def part(self, mail, *what):
        return self.bytes("crm", "show", self.crm, "email", mail["id"], *what)

    def key(self, mail):
        return key_of(self.part(mail, "--original")) if REMADE else mail["original_sha256"]


class Found:
    """Everything that there is, read once."""

    def __init__(self, mailferry, boxes, before):
        self.mailferry, self.before = mailferry, before
        self.jobs, self.mails, self.records = mailferry.jobs(), mailferry.mails(), mailferry.records()
        self.folders = {who: box.folders() for who, box in boxes.items()}
        self.items = {who: box.look() for who, box in boxes.items()}
        self.keys = {mail["id"]: mailferry.key(mail) for mail in self.mails}

    def copies(self, drop):
        return [item for item in self.items[drop.who] if key_of(item.mime) == drop.key]

    def archived(self, drop):
        return [mail for mail in self.mails if self.keys[mail["id"]] == drop.key]

    def created(self, job):
        """The records that the journal says this job made, as the CRM has them."""
        made = [entry for entry in (job["outcome"] or {}).get("created", []) if not entry["existed"]]
        there = {(entry["kind"], entry["id"]): entry for entry in self.records}
        return [there.get((entry["kind"], entry["record"]), missing(entry)) for entry in made]


def missing(entry):
    return {"kind": entry["kind"], "id": entry["record"], "name": "(not in the CRM)", "fields": {}}


def record_of(entry):
    """A record as `mailferry crm list --json` shows it."""
    name = lambda what: (entry.get(what) or {}).get("name", "")
    return Record(entry["kind"], entry["name"], name("account"), name("contact"),
                  " ".join(entry.get("addresses", []) + entry.get("domains", [])), name("owner"))


class Differences(list):
    def expect(self, what, found, expected):
        """Lists are compared whatever their order."""
        if isinstance(expected, list):
            found, expected = sorted(found), sorted(expected)
        if found != expected:
            self.append(f"{what}: expected {said(expected)}, found {said(found)}")


def said(value):
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, list):
        return ", ".join(map(said, value)) or "none"
    return str(value) if value != "" else "nothing"


def compare(drop, first, job, found):
    """What differs for one drop. `first` is the first drop of this mail: the CRM keeps a mail once."""
    wrong = Differences()
    wrong.expect("job", (job["mailbox"], job["role"], job["state"]),
                 (USERS[drop.who].address, "create-new/" + drop.kind.lower(), "done"))
    wrong.expect("verdict", (job["decision"] or {}).get("verdict", job["state"]), drop.verdict)
    in_mailbox(wrong, drop, found)
    created = found.created(job)
    wrong.expect("new records", [record_of(entry) for entry in created], drop.new)
    for entry in created:
        described = entry["kind"] not in ("account", "contact")
        if described and drop.text not in entry["fields"].get("description", ""):
            wrong.append(f'{entry["kind"]} "{entry["name"]}": "{drop.text}" is not in its description')
    archived = found.archived(drop)
    wrong.expect("mails in the CRM", len(archived), 1 if drop.verdict == "archive" else 0)
    for mail in archived:
        in_crm(wrong, drop, USERS[first.who].address, mail, found.mailferry)
    return wrong


def in_mailbox(wrong, drop, found):
    copies = found.copies(drop)
    wrong.expect("copies in the mailbox", [item.folder for item in copies], [drop.place])
    for item in copies:
        wrong.expect("categories", item.categories, [drop.category])
        wrong.expect("read", item.read, USERS[drop.who].reads)


def in_crm(wrong, drop, mailbox, mail, mailferry):
    wrong.expect("links", [(link["kind"], link["name"]) for link in mail["links"]], drop.linked)
    wrong.expect("subject in the CRM", mail["subject"], drop.subject())
    wrong.expect("date in the CRM", mail["date"], drop.date())
    wrong.expect("addresses in the CRM",
                 [(at["position"], at["name"], at["address"].lower()) for at in mail["addresses"]], drop.addresses())
    wrong.expect("direction in the CRM", mail["direction"], drop.direction())
    wrong.expect("mailbox in the CRM", mail["mailbox"], mailbox)
    if drop.text not in mail["text"]:
        wrong.append(f'text in the CRM: "{drop.text}" is not in it, it is {len(mail["text"])} characters long')
    wrong.expect("original in the CRM", key_of(mailferry.part(mail, "--original")), drop.key)
    wrong.expect("files in the CRM", [file["filename"] for file in mail["attachments"]], drop.files)
    files = [mailferry.part(mail, "--attachment", str(number)) for number in range(1, len(mail["attachments"]) + 1)]
    wrong.expect("bytes of the files in the CRM", [hashlib.sha256(file).hexdigest() for file in files], drop.attached())


def compare_rest(drops, found):
    """What no drop accounts for: mails left over, records and e-mails that nobody asked for."""
    wrong = Differences()
    wrong.expect("jobs in the journal", len(found.jobs), len(drops))
    for who, items in found.items.items():
        dropped = {drop.key for drop in drops if drop.who == who}
        drop_folders = [name for name in found.folders[who] if name.startswith("- ")]
        wrong.expect(f"drop folders of {who}", drop_folders, ["- Create New " + kind for kind in KINDS])
        wrong.expect(f"mails left in the drop folders of {who}",
                     [item.folder for item in items if item.folder in drop_folders], [])
        wrong.expect(f"mails of {who} that nobody dropped",
                     [item.folder for item in items if key_of(item.mime) not in dropped], [])
    archived = {drop.key for drop in drops if drop.verdict == "archive"}
    wrong.expect("e-mails in the CRM that nobody dropped",
                 [mail["subject"] for mail in found.mails if found.keys[mail["id"]] not in archived], [])
    key = lambda entry: (entry["kind"], entry["id"], entry["name"])
    made = {key(entry) for job in found.jobs for entry in found.created(job)}
    old = {key(entry): without_mails(entry) for entry in found.before}
    now = {key(entry): without_mails(entry) for entry in found.records}
    wrong.expect("records that nobody asked for", [entry for entry in now if entry not in old and entry not in made], [])
    wrong.expect("records changed or gone", [entry for entry in old if now.get(entry) != old[entry]], [])
    return wrong


def without_mails(entry):
    return {name: value for name, value in entry.items() if name != "mails"}
