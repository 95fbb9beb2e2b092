"""The mails of the comparison and the people whom the CRM knows beforehand: invented, of one seed, the same in every
run. Sizes as in a sales team's mailbox: 2 to 50 kB, text with HTML beside it, quoted replies, some files."""
import csv, os, random
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime

FIRST = "Ada Bruno Carla Dmitri Elena Farid Greta Hugo Inés Jonas Keiko Liam Marta Nils Olga Pedro Rosa Søren".split()
LAST = "Abel Becker Costa Dubois Eriksen Fischer García Haas Ivanov Jansen Kowalski Lange Müller Novak Ortiz".split()
WORDS = ("offer price delivery contract please meeting next week quantity invoice project schedule regards thank you "
         "attached the of for and with our your we would like to confirm order number sample drawing pump valve "
         "Lieferung Angebot Größe café naïve").split()


# Address -> name of our own people; the first ones own the mailboxes.
COLLEAGUES = {f"colleague{number}@us.example": f"{FIRST[number % len(FIRST)]} O'Hara" for number in range(40)}


def mailboxes(count):
    return list(COLLEAGUES)[:count]


class Outsider:
    def __init__(self, number, company):
        self.first, self.last = FIRST[number % len(FIRST)], LAST[number // 3 % len(LAST)]
        self.name = f"{self.first} {self.last}"
        self.address = f"person{number}@{company}"

    def written(self, chance):
        """As mail programs write names: in the order of speech, last name first, or not at all."""
        shown = chance.choice([self.name, self.name, f'"{self.last}, {self.first}"'])
        return f"{shown} <{self.address}>"


def outsiders(prefix, companies, first_number):
    return [Outsider(first_number + 4 * company + person, f"{prefix}{company}.example")
            for company in range(companies) for person in range(4)]


KNOWN, LEADS, STRANGERS = outsiders("client", 60, 0), outsiders("prospect", 6, 1000), outsiders("company", 150, 2000)


def write_people(path):
    """What `mailferry crm import` reads."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow("kind name first_name last_name email account domain owner".split())
        for address, name in COLLEAGUES.items():
            rows.writerow(["user", name, *name.split(" ", 1), address, "", "", ""])
        owner, other = mailboxes(2)
        for domain in sorted({one.address.split("@")[1] for one in KNOWN}):
            rows.writerow(["account", domain.split(".")[0].title() + " Ltd", "", "", "", "", domain, owner])
        for kind, people in (("contact", KNOWN), ("lead", LEADS)):
            for one in people:
                company = one.address.split("@")[1].split(".")[0].title() + " Ltd" if kind == "contact" else ""
                rows.writerow([kind, one.name, one.first, one.last, one.address, company, "", other])


def sentences(chance, size):
    lines, length = [], 0
    while length < size:
        lines.append(" ".join(chance.choices(WORDS, k=12)))
        length += len(lines[-1])
    return "\n".join(lines)


def compose(chance, number, mailbox):
    mail = EmailMessage()
    sender = chance.choices([chance.choice(KNOWN), chance.choice(LEADS), chance.choice(STRANGERS)], [45, 5, 50])[0]
    mail["From"] = sender.written(chance)
    mail["To"] = f"{COLLEAGUES[mailbox]} <{mailbox}>"
    copies = [chance.choice(KNOWN + STRANGERS).written(chance) for _ in range(chance.choice([0, 0, 0, 1, 2]))]
    if chance.random() < 0.2:
        copies.append(chance.choice([address for address in COLLEAGUES if address != mailbox]))
    if copies:
        mail["Cc"] = ", ".join(copies)
    mail["Subject"] = f"{chance.choice(['Enquiry', 'Re: Order', 'Angebot für Größe', 'Delivery'])} {number}"
    mail["Date"] = format_datetime(datetime(2026, 11, 2, 8, tzinfo=timezone.utc) + timedelta(minutes=7 * number))
    mail["Message-ID"] = f"<bench-{number}@{sender.address.split('@')[1]}>"
    text = sentences(chance, int(min(8000, 600 + chance.expovariate(1 / 900))))
    quoted = "\n".join("> " + line for line in sentences(chance, chance.choice([0, 1500, 4000])).split("\n"))
    mail.set_content(f"{text}\n\n{quoted}\n")
    if chance.random() < 0.8:
        rows = "".join(f'<p class="MsoNormal" style="margin:0cm">{line}</p>\n' for line in text.split("\n"))
        mail.add_alternative(f"<html><head><style>p {{font-family:Calibri}}</style></head><body>{rows}"
                             f"<blockquote>{quoted.replace('> ', '<br>')}</blockquote></body></html>", subtype="html")
    for file in range(chance.choice([0, 0, 0, 1, 2])):
        kind, ending = chance.choice([("pdf", "pdf"), ("msword", "doc")])
        mail.add_attachment(chance.randbytes(chance.randint(1500, 14000)), "application", kind,
                            filename=f"document {number}-{file}.{ending}")
    return mail


def write_mails(folder, count, owners):
    """One file a mail, as `mailferry-exchange --load` reads them. Returns what each is dragged into, by Message-ID."""
    chance, kinds = random.Random(6), {}
    for number in range(count):
        mailbox = owners[number % len(owners)]
        mail = compose(chance, number, mailbox)
        os.makedirs(os.path.join(folder, mailbox, "inbox"), exist_ok=True)
        with open(os.path.join(folder, mailbox, "inbox", f"{number:05}.eml"), "wb") as file:
            file.write(mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")))
        kinds[mail["Message-ID"]] = chance.choices(["Email", "Opportunity"], [3, 1])[0]
    return kinds
