#!/usr/bin/env python3
"""Plays the users of the demonstration and looks at what came of it. Called by samples/demo.sh:

  demo.py drop  PROGRAM WORK URL DROPS    puts sample mails into two mailboxes and drags them into drop folders
                                          as Outlook would; the agent runs meanwhile
  demo.py check PROGRAM WORK URL DROPS    shows what is in mailbox, journal and CRM; exit 1 if that is not what
                                          DROPS (drops.tsv) says"""
import json, os, subprocess, sys, time, unicodedata

from compare import Found, Mailferry, compare, compare_rest, record_of
from drops import USERS, read_drops
from outlook import Mailbox


def wait_for(what, seconds, condition):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    sys.exit(f"demo: {what} did not happen within {seconds} seconds")


def drop_all(mailferry, boxes, drops, before_file):
    with open(before_file, "w", encoding="utf-8") as file:
        json.dump(mailferry.records(), file)
    for who, box in boxes.items():
        wait_for(f"the drop folders of {who}", 60, lambda: "- Create New Quote" in box.folders())
    folders = {who: box.folders() for who, box in boxes.items()}
    print(f"\nTwo users drop {len(drops)} mails; the agent files them.\n", flush=True)
    for number, drop in enumerate(drops, 1):
        box, at = boxes[drop.who], folders[drop.who]
        item = box.deliver(at[drop.origin], drop.mime, USERS[drop.who].reads)
        box.drag(item, at["- Create New " + drop.kind])
        wait_for(f"the filing of {drop.mail}", 60, lambda: [
            job for job in mailferry.jobs()[number - 1:] if job["state"] in ("done", "failed")])


def wide(text, width):
    """Cut or filled to `width` columns of a terminal."""
    columns = [0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text]
    if sum(columns) > width:
        while sum(columns) > width - 1:
            text, columns = text[:-1], columns[:-1]
        text, columns = text + "…", columns + [1]
    return text + " " * (width - sum(columns))


def show(number, drop, job, wrong, found):
    """Only what was found; what was expected stands in the lines of `wrong`."""
    bold, red, plain = ("\033[1m", "\033[31m", "\033[0m") if is_terminal() else ("", "", "")
    where = "; ".join(", ".join([item.folder, *item.categories]) for item in found.copies(drop)) or "nowhere"
    verdict = (job["decision"] or {}).get("verdict", job["state"])
    print(f'{number:2}  {bold}{wide(drop.subject() or "(no subject)", 36)}{plain}  '
          + wide(f"{drop.who} → - Create New {drop.kind}", 32)
          + wide({"archive": "filed", "skip": "not filed"}.get(verdict, verdict), 11)
          + wide(where, 38) + f'{job["took_ms"]:4} ms')
    new = [record_of(entry) for entry in found.created(job)]
    if verdict != "archive" or not new:
        print(f'      why     {job["note"]}')
    for label, record in zip(["new"] + [""] * len(new), new):
        of = " · ".join(filter(None, [record.account, record.contact]))
        print(f'      {label:8}{record.kind} "{record.name}"' + (f"  ({of})" if of else ""))
    for mail in found.archived(drop):
        print("      linked  " + ", ".join(f'{link["name"]} ({link["kind"]})' for link in mail["links"]))
        for file in mail["attachments"]:
            print(f'      file    {file["filename"]} ({file["size"]} bytes)')
    for difference in wrong:
        print(f"      {red}WRONG{plain}   {difference}")


def is_terminal():
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def check_all(mailferry, boxes, drops, before_file):
    with open(before_file, encoding="utf-8") as file:
        found = Found(mailferry, boxes, json.load(file))
    bad = 0
    for number, (drop, job) in enumerate(zip(drops, found.jobs), 1):
        first = next(earlier for earlier in drops if earlier.key == drop.key)
        wrong = compare(drop, first, job, found)
        show(number, drop, job, wrong, found)
        bad += bool(wrong)
    rest = compare_rest(drops, found)
    for difference in rest:
        print(f"WRONG: {difference}")
    print("\nThe same as the CRM holds it\n", flush=True)
    subprocess.run([mailferry.program, "crm", "list", mailferry.crm, "email"])
    took = sorted(job["took_ms"] for job in found.jobs) or [0]
    print(f"\n{min(len(drops), len(found.jobs)) - bad} of {len(drops)} mails are as expected in mailbox, journal and CRM"
          + (f", but {len(rest)} things were not asked for" if rest else "")
          + f"; median {took[len(took) // 2]} ms from the first look at a mail to the end of its filing.")
    sys.exit(1 if bad or rest else 0)


def main():
    verb, program, work, url, drops_file = sys.argv[1:]
    boxes = {who: Mailbox(url, user.address, "secret", work + "/ca.pem") for who, user in USERS.items()}
    run = {"drop": drop_all, "check": check_all}[verb]
    run(Mailferry(program, work), boxes, read_drops(drops_file), work + "/before.json")


main()
