#!/usr/bin/env python3
"""Plays the users of the demonstration: puts sample mails into two mailboxes, drags them into drop folders
as Outlook would (EWS MoveItem), waits for the agent, and holds mailbox, journal and CRM against drops.tsv.

Called by samples/demo.sh, which starts the simulator and the agent."""
import base64, hashlib, http.client, json, os, ssl, subprocess, sys, time, unicodedata, urllib.parse
import xml.etree.ElementTree as ET
from email import message_from_bytes, policy as email_policy

HERE = os.path.dirname(os.path.abspath(__file__))
NS = {"t": "http://schemas.microsoft.com/exchange/services/2006/types",
      "m": "http://schemas.microsoft.com/exchange/services/2006/messages"}
PEOPLE = {"anna": "anna@us.example", "ben": "ben@us.example"}
PLACES = {"inbox": "Inbox", "sentitems": "Sent Items"}


class Mailbox:
    """A user's Outlook: the few EWS calls that the demonstration needs."""

    def __init__(self, url, address, password, ca_file):
        self.url, self.address = urllib.parse.urlsplit(url), address
        self.login = base64.b64encode(f"{address}:{password}".encode()).decode()
        self.tls = ssl.create_default_context(cafile=ca_file) if ca_file else None

    def call(self, body):
        envelope = (
            '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
            f' xmlns:t="{NS["t"]}" xmlns:m="{NS["m"]}"><s:Header><t:RequestServerVersion Version="Exchange2013_SP1"/>'
            f"</s:Header><s:Body>{body}</s:Body></s:Envelope>")
        if self.tls:
            connection = http.client.HTTPSConnection(self.url.hostname, self.url.port, context=self.tls, timeout=30)
        else:
            connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=30)
        connection.request("POST", self.url.path, envelope.encode(), {
            "Content-Type": "text/xml; charset=utf-8", "Authorization": "Basic " + self.login})
        answer = ET.fromstring(connection.getresponse().read())
        failed = answer.find('.//*[@ResponseClass="Error"]')
        if failed is not None or answer.find(".//m:ResponseCode", NS) is None:
            sys.exit("demo: Exchange refused: " + " ".join("".join(answer.itertext()).split())[:300])
        return answer

    def deliver(self, folder, mime):
        """Mail arrives: a message that is no draft (PidTagMessageFlags 1 = read)."""
        answer = self.call(
            '<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId>'
            f'<t:DistinguishedFolderId Id="{folder}"/></m:SavedItemFolderId><m:Items><t:Message>'
            f'<t:MimeContent CharacterSet="UTF-8">{base64.b64encode(mime).decode()}</t:MimeContent>'
            '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe07" PropertyType="Integer"/>'
            "<t:Value>1</t:Value></t:ExtendedProperty></t:Message></m:Items></m:CreateItem>")
        return answer.find(".//t:ItemId", NS).get("Id")

    def folders(self):
        answer = self.call(
            '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>'
            '<m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>')
        return {f.findtext("t:DisplayName", "", NS): f.find("t:FolderId", NS).get("Id")
                for f in answer.iterfind(".//t:Folder", NS)}

    def drag(self, item, folder_id):
        self.call(f'<m:MoveItem><m:ToFolderId><t:FolderId Id="{folder_id}"/></m:ToFolderId>'
                  f'<m:ItemIds><t:ItemId Id="{item}"/></m:ItemIds></m:MoveItem>')

    def look(self, folder):
        """The mails of a distinguished folder: (sha256 of the MIME, categories)."""
        found = self.call(
            '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
            f'<m:ParentFolderIds><t:DistinguishedFolderId Id="{folder}"/></m:ParentFolderIds></m:FindItem>')
        ids = [i.get("Id") for i in found.iterfind(".//t:ItemId", NS)]
        if not ids:
            return []
        answer = self.call(
            "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>"
            '<t:AdditionalProperties><t:FieldURI FieldURI="item:Categories"/></t:AdditionalProperties></m:ItemShape>'
            "<m:ItemIds>" + "".join(f'<t:ItemId Id="{i}"/>' for i in ids) + "</m:ItemIds></m:GetItem>")
        return [(hashlib.sha256(base64.b64decode(i.findtext("t:MimeContent", "", NS))).hexdigest(),
                 [c.text for c in i.iterfind("t:Categories/t:String", NS)])
                for i in answer.iterfind(".//m:Items/*", NS)]


def read_drops():
    drops = []
    for line in open(os.path.join(HERE, "drops.tsv"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            who, origin, kind, mail, verdict, place, category, created, files = line.rstrip("\n").split("\t")
            mime = open(os.path.join(HERE, "..", "mail", mail + ".eml"), "rb").read()
            drops.append(dict(who=who, origin=origin, kind=kind, mail=mail, verdict=verdict, place=place,
                              category=category, created=sorted(created.replace("-", "").split()), files=int(files),
                              mime=mime, sha256=hashlib.sha256(mime).hexdigest()))
    return drops


def json_lines(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []


def wait_for(what, seconds, condition):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    sys.exit(f"demo: {what} did not happen within {seconds} seconds")


def wide(text, width):
    """Cut or filled to `width` columns of a terminal."""
    columns = [0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text]
    if sum(columns) > width:
        while sum(columns) > width - 1:
            text, columns = text[:-1], columns[:-1]
        text, columns = text + "…", columns + [1]
    return text + " " * (width - sum(columns))


def subject_of(mime):
    subject = message_from_bytes(mime, policy=email_policy.default).get("Subject")
    return " ".join(str(subject).split()) if subject else "(no subject)"


def check(drop, job, mails, places):
    """What differs from drops.tsv, as sentences."""
    wrong = []
    decision, outcome = job["decision"] or {}, job["outcome"] or {}
    if decision.get("verdict") != drop["verdict"]:
        wrong.append(f'verdict is {decision.get("verdict")}, expected {drop["verdict"]}')
    created = sorted(r["kind"] for r in outcome.get("created", []) if not r["existed"])
    if created != drop["created"]:
        wrong.append(f"created {created}, expected {drop['created']}")
    there = [c for s, c in places[drop["who"], drop["place"]] if s == drop["sha256"]]
    if len(there) != 1:
        wrong.append(f'{len(there)} copies in {PLACES[drop["place"]]}, expected 1')
    elif drop["category"] not in there[0]:
        wrong.append(f'categories are {there[0]}, expected {drop["category"]}')
    archived = [m for m in mails if m["original_sha256"] == drop["sha256"]]
    if len(archived) != (1 if drop["verdict"] == "archive" else 0):
        wrong.append(f"the CRM holds it {len(archived)} times")
    elif archived:
        if len(archived[0]["attachments"]) != drop["files"]:
            wrong.append(f'the CRM holds {len(archived[0]["attachments"])} of its files, expected {drop["files"]}')
        kinds = {link["kind"] for link in archived[0]["links"]}
        if not set(drop["created"]) - {"account"} <= kinds:
            wrong.append(f"the CRM links it only to {sorted(kinds)}")
    return wrong


def main():
    mailferry, config, database, url, ca_file = sys.argv[1:6]
    boxes = {who: Mailbox(url, address, "secret", ca_file) for who, address in PEOPLE.items()}
    drops = read_drops()
    folders = {who: wait_for("the drop folders of " + who, 20, lambda b=box: (
        lambda f: f if "- Create New Quote" in f else None)(b.folders())) for who, box in boxes.items()}

    print(f"\nTwo users drop {len(drops)} mails; the agent files them.\n", flush=True)
    jobs = []
    for drop in drops:
        item = boxes[drop["who"]].deliver(drop["origin"], drop["mime"])
        boxes[drop["who"]].drag(item, folders[drop["who"]]["- Create New " + drop["kind"]])
        done = wait_for(f'the filing of {drop["mail"]}', 30, lambda: [
            j for j in json_lines(mailferry, "queue", "list", "--all", "--json", "--config", config)[len(jobs):]
            if j["state"] in ("done", "failed")])
        jobs.append(done[0])

    mails = json_lines(mailferry, "crm", "list", "--json", database, "email")
    places = {(who, place): box.look(place) for who, box in boxes.items() for place in PLACES}
    names = {(r["kind"], r["id"]): r.get("name") or r.get("subject") for r in json_lines(
        mailferry, "crm", "list", "--json", database)}
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    bad = 0
    for number, (drop, job) in enumerate(zip(drops, jobs), 1):
        outcome, decision = job["outcome"] or {}, job["decision"] or {}
        new = [f'{r["kind"]} "{names.get((r["kind"], r["record"]), "?")}"'
               for r in outcome.get("created", []) if not r["existed"]]
        linked = [f'{link["name"]} ({link["kind"]})' for m in mails
                  if m["original_sha256"] == drop["sha256"] for link in m["links"]]
        verdict = {"archive": "filed", "skip": "not filed"}.get(decision.get("verdict"), job["state"])
        print(f'{number:2}  {bold}{wide(subject_of(drop["mime"]), 36)}{plain}  '
              + wide(f'{drop["who"]} → - Create New {drop["kind"]}', 32)
              + wide(verdict, 11) + wide(f'{PLACES[drop["place"]]}, {drop["category"]}', 38) + f'{job["took_ms"]:4} ms')
        lines = ([("why", job["note"])] if drop["verdict"] != "archive" or not new and not drop["created"] else [])
        lines += [("new", ", ".join(new))] if new else []
        lines += [("linked", ", ".join(linked))] if drop["verdict"] == "archive" else []
        wrong = check(drop, job, mails, places)
        bad += bool(wrong)
        for label, text in lines + [("WRONG", text) for text in wrong]:
            print(f"      {label:8}{text}")
    print("\nThe same as the CRM holds it\n", flush=True)
    subprocess.run([mailferry, "crm", "list", database, "email"])
    took = sorted(job["took_ms"] for job in jobs)
    print(f"\n{len(drops) - bad} of {len(drops)} mails are as expected in mailbox, journal and CRM; "
          f"median {took[len(took) // 2]} ms from the first look at a mail to the end of its filing.")
    sys.exit(1 if bad else 0)


main()
