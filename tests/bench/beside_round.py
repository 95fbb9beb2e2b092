"""One round of the comparison: a fresh simulator with all mails in its Inboxes, a fresh CRM, one archiver; then its
users drag all mails at once. The clock stops when the last one is back, categorised, in its Inbox."""
import os, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from beside_outcome import in_crm, in_mailboxes
from beside_process import Process
from outlook import NS, Mailbox

HERE = os.path.dirname(os.path.abspath(__file__))
SERVICE = "ferry@us.example"
POLICY = """<policy xmlns="urn:mailferry:policy:1" name="Comparison" enabled="true">
  <category name="Company CRM"/>
  <own-domains><domain>us.example</domain></own-domains>
  <modules><opportunity/></modules>
  <attachments store="true" summary="false"/>
  <smart-convert enabled="true" match-leads="true"/>
</policy>"""
CONFIG = """<mailferry xmlns="urn:mailferry:config:1">
  <journal file="journal.sqlite"/>
  <exchange name="simulator" url="{url}" user="{service}" ca-file="{ca}" settle-ms="200">
    <password file="{password}"/>
  </exchange>
  <crm name="embedded" url="sqlite:crm.sqlite"/>
  <policy file="policy.xml" exchange="simulator" crm="embedded">{mailboxes}</policy>
</mailferry>"""


@dataclass
class Setting:
    build: str
    work: str
    python: str
    workers: str      # processes of Python
    mailboxes: list
    kinds: dict  # Message-ID -> what the mail is dragged into

    def program(self, name):
        return os.path.join(self.build, name)


@dataclass
class Round:
    who: str
    seconds: float
    cpu: float         # of the archiver, seconds
    server_cpu: float  # of the simulator
    memory: float      # of the archiver, MB
    outcome: dict


def start_simulator(setting, folder):
    mailboxes = [word for address in setting.mailboxes for word in ("--mailbox", address + ":secret")]
    with open(setting.work + "/password") as file:
        service = f"{SERVICE}:{file.read().strip()}"
    simulator = Process([setting.program("ews/simulator/mailferry-exchange"), "--listen", "127.0.0.1:0", "--tls",
                         f"{setting.work}/server.pem,{setting.work}/server.key", *mailboxes, "--service", service,
                         "--load", setting.work + "/mails"], folder, "simulator")
    url = simulator.wait_for(lambda said: "ready " in said and said.split("ready ")[1].split("\n")[0])
    return simulator, url


def start_mailferry(setting, folder, url):
    files = {"policy.xml": POLICY, "mailferry.xml": CONFIG.format(
        url=url, service=SERVICE, ca=setting.work + "/ca.pem", password=setting.work + "/password",
        mailboxes="".join(f'<mailbox address="{address}"/>' for address in setting.mailboxes))}
    for name, text in files.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    agent = Process([setting.program("agent/mailferry"), "run", "--config", "mailferry.xml"], folder, "mailferry")
    agent.wait_for(lambda said: said.count("info listening") == len(setting.mailboxes))
    return agent


def start_exchangelib(setting, folder, url):
    program = os.path.join(HERE, "python_archiver", "archiver.py")
    archiver = Process([setting.python, program, url, setting.work + "/ca.pem", SERVICE, setting.work + "/password",
                        folder + "/crm.sqlite", setting.workers, *setting.mailboxes], folder, "exchangelib")
    archiver.wait_for(lambda said: said.count("listening ") == len(setting.mailboxes))
    return archiver


def what_to_drag(box, kinds):
    """Drop folder -> ids of the mails in the Inbox that go there."""
    found = box.call('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>'
                     '<t:AdditionalProperties><t:FieldURI FieldURI="message:InternetMessageId"/>'
                     '</t:AdditionalProperties></m:ItemShape>'
                     '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>')
    folders, moves = box.folders(), {}
    for item in found.iterfind(".//t:Message", NS):
        kind = kinds[item.findtext("t:InternetMessageId", "", NS)]
        moves.setdefault(folders["- Create New " + kind], []).append(item.find("t:ItemId", NS).get("Id"))
    return moves


def drag(box, moves):
    """Everything at once, a request a drop folder."""
    for folder, ids in moves.items():
        box.call(f'<m:MoveItem><m:ToFolderId><t:FolderId Id="{folder}"/></m:ToFolderId><m:ItemIds>'
                 + "".join(f'<t:ItemId Id="{item}"/>' for item in ids) + "</m:ItemIds></m:MoveItem>")


def left(box, folders):
    """How many mails still lie in the drop folders."""
    answer = box.call("<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>"
                      + "".join(f'<t:FolderId Id="{folder}"/>' for folder in folders) + "</m:FolderIds></m:GetFolder>")
    return sum(int(count.text) for count in answer.iterfind(".//t:TotalCount", NS))


def drag_and_wait(setting, boxes, archiver):
    """Seconds from the first drag to the last mail that is back."""
    moves = {address: what_to_drag(box, setting.kinds) for address, box in boxes.items()}
    if sum(len(ids) for folders in moves.values() for ids in folders.values()) != len(setting.kinds):
        sys.exit("not every mail is in its Inbox")
    begin = time.monotonic()
    with ThreadPoolExecutor(len(boxes)) as users:
        list(users.map(lambda address: drag(boxes[address], moves[address]), boxes))
    for address, box in boxes.items():
        while left(box, moves[address]):
            if time.monotonic() - begin > 600 or archiver.process.poll() is not None:
                sys.exit(f"gave up waiting; {archiver.log}:\n{archiver.said()[-2000:]}")
            time.sleep(0.1)
    return time.monotonic() - begin


def play(setting, who, number):
    folder = os.path.join(setting.work, f"{number}-{who}")
    os.mkdir(folder)
    subprocess.run([setting.program("agent/mailferry"), "crm", "import", f"sqlite:{folder}/crm.sqlite",
                    setting.work + "/people.csv"], check=True, stdout=subprocess.DEVNULL)
    simulator, url = start_simulator(setting, folder)
    archiver = {"mailferry": start_mailferry, "exchangelib": start_exchangelib}[who](setting, folder, url)
    boxes = {address: Mailbox(url, address, "secret", setting.work + "/ca.pem") for address in setting.mailboxes}
    time.sleep(1)  # what belongs to its start is over
    before, server_before = archiver.stats(), simulator.stats()
    seconds = drag_and_wait(setting, boxes, archiver)
    server_after = simulator.stats()
    time.sleep(2)  # what it does behind the last mail is its work, too
    after = archiver.stats()
    archiver.stop()
    outcome = {"mails in the mailboxes": in_mailboxes(boxes), **in_crm(folder + "/crm.sqlite")}
    simulator.stop()
    return Round(who, seconds, after.cpu - before.cpu, server_after.cpu - server_before.cpu, after.memory, outcome)
