"""An archiver as one would write it in Python with exchangelib: it listens at the drop folders of its mailboxes, files
what is dragged there in the CRM, categorises it and gives it back to the Inbox; everything in bulk.

usage: archiver.py URL CA-FILE USER PASSWORD-FILE CRM-FILE PROCESSES MAILBOX..."""
import logging, multiprocessing, sys, threading, time

import requests.adapters
from exchangelib import IMPERSONATION, UTC, Account, Build, Configuration, Credentials, Version
from exchangelib.folders import Folder, FolderCollection
from exchangelib.protocol import BaseProtocol
from exchangelib.transport import BASIC
from exchangelib.util import chunkify

from crm import Crm
from parsed import Parsed

CATEGORY = "Processing Complete"
KINDS = {"- Create New Email": False, "- Create New Opportunity": True}  # whether an opportunity is made
EVENTS = ("MovedEvent", "CopiedEvent", "CreatedEvent")
BATCH = 100  # mails that are fetched, stored and given back together
log = logging.getLogger("archiver")


class Archiver:
    def __init__(self, config, address, crm_file):
        self.address, self.crm = address, Crm(crm_file)
        self.account = Account(address, config=config, autodiscover=False, access_type=IMPERSONATION,
                               default_timezone=UTC)
        self.inbox = self.account.inbox
        self.something_new = threading.Event()
        self.something_new.set()  # what lies there from before

    def drop_folders(self):
        root = self.account.msg_folder_root
        there = {folder.name: folder for folder in root.children}
        return [there.get(name) or Folder(parent=root, name=name).save() for name in KINDS]

    def run(self):
        folders = self.drop_folders()
        threading.Thread(target=self.listen, args=(folders,), daemon=True).start()
        while True:
            self.something_new.wait()
            self.something_new.clear()
            for folder in folders:
                try:
                    self.empty(folder)
                except Exception:
                    log.exception("%s: %s is tried again", self.address, folder.name)
                    folder.item_sync_state = None  # all of it is looked at anew; what was stored has its key
                    time.sleep(5)
                    self.something_new.set()

    def listen(self, folders):
        while True:
            try:
                subscription = FolderCollection(self.account, folders).subscribe_to_streaming(event_types=EVENTS)
                log.info("listening %s", self.address)
                while True:
                    for _ in folders[0].get_streaming_events(subscription, connection_timeout=30):
                        self.something_new.set()
                    self.something_new.set()  # the stream has ended; whatever came meanwhile
            except Exception:
                log.exception("%s: the stream broke, subscribing anew", self.address)
                self.something_new.set()
                time.sleep(5)

    def empty(self, folder):
        changes = folder.sync_items(only_fields=["id"], max_changes_returned=512)
        new = [item for change, item in changes if change == "create"]
        for batch in chunkify(new, BATCH):
            fetched = self.account.fetch(batch, only_fields=["mime_content", "categories"], chunk_size=BATCH)
            items = [item for item in fetched if not isinstance(item, Exception)]  # else its user was quicker
            mails = [Parsed(item.mime_content) for item in items]
            with self.crm:
                for mail in mails:
                    self.crm.archive(self.address, mail, KINDS[folder.name])
            self.give_back(items)

    def give_back(self, items):
        for item in items:
            item.categories = [*(item.categories or ()), CATEGORY]
        updated = self.account.bulk_update([(item, ["categories"]) for item in items], chunk_size=BATCH)
        moving = [one for one in updated if not isinstance(one, Exception)]
        moved = self.account.bulk_move(moving, self.inbox, chunk_size=BATCH)
        log.info("filed %s %s", self.address, sum(not isinstance(one, Exception) for one in moved))
        for one in (*updated, *moved):
            if isinstance(one, Exception):
                log.error("%s: %s", self.address, one)


def serve(url, user, password, crm_file, mailboxes):
    """Each mailbox by a thread of its own; for each a connection for its stream and one for all else."""
    config = Configuration(service_endpoint=url, credentials=Credentials(user, password), auth_type=BASIC,
                           version=Version(Build(15, 1)), max_connections=2 * len(mailboxes))
    threads = [threading.Thread(target=Archiver(config, mailbox, crm_file).run) for mailbox in mailboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    url, ca_file, user, password_file, crm_file, processes, *mailboxes = sys.argv[1:]
    logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
    log.setLevel(logging.INFO)

    class OurAuthority(requests.adapters.HTTPAdapter):  # as exchangelib's documentation shows it
        def cert_verify(self, conn, url, verify, cert):
            super().cert_verify(conn, url, ca_file, cert)

    BaseProtocol.HTTP_ADAPTER_CLS = OurAuthority
    with open(password_file, encoding="utf-8") as file:
        password = file.read().strip()
    processes = min(int(processes), len(mailboxes))  # one thread of Python runs at a time in each
    for first in range(processes):
        share = mailboxes[first::processes]
        multiprocessing.Process(target=serve, args=(url, user, password, crm_file, share)).start()


main()
