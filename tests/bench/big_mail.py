#!/usr/bin/env python3
"""What a very large mail costs: the memory of the agent, and how much longer the others wait. Real processes: two
mailferry-exchange (so that the big answer of the one does not hold up the small ones of the other) and `mailferry run`
with the embedded CRM. Two mailboxes get small mails all the time, then a third one gets the big mail. Prints the
distribution of the time from drop to "filed" without and with the big mail under way, the peak of the agent's memory,
and whether every attachment came into the CRM byte for byte; exit 1 if not, or beyond the bounds of --peak-mb and
--times.

usage: tests/bench/big_mail.py [--build build/release] [--megabytes 150] [--settle-ms 0] [--seconds 10]"""
import argparse, base64, hashlib, http.client, json, os, random, re, shutil, subprocess, sys, tempfile, threading, time
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples" / "demo"))
from outlook import NS, Mailbox  # noqa: E402

BIG, SMALL = "anna@us.example", ["ben@us.example", "carla@us.example"]
FOLDER = "- Create New Opportunity"


class PlainMailbox(Mailbox):
    """Without TLS, on one connection that is kept."""

    def __init__(self, url, address):
        self.url = urllib.parse.urlsplit(url)
        self.login = base64.b64encode(f"{address}:secret".encode()).decode()
        self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)

    def call(self, body):
        envelope = ('<?xml version="1.0" encoding="utf-8"?>'
                    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
                    f' xmlns:t="{NS["t"]}" xmlns:m="{NS["m"]}"><s:Header>'
                    '<t:RequestServerVersion Version="Exchange2013_SP1"/></s:Header>'
                    f"<s:Body>{body}</s:Body></s:Envelope>")
        self.connection.request("POST", self.url.path, envelope.encode(), {
            "Content-Type": "text/xml; charset=utf-8", "Authorization": "Basic " + self.login})
        answer = ET.fromstring(self.connection.getresponse().read())
        if answer.find('.//*[@ResponseClass="Error"]') is not None:
            sys.exit("big_mail: refused: " + " ".join("".join(answer.itertext()).split())[:300])
        return answer

    def first_item(self):
        answer = self.call(
            '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
            '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>')
        return answer.find(".//t:ItemId", NS).get("Id")


def attachments(size):
    """Of several kinds, together so large that the mail has `size` bytes; none beyond what the CRM keeps apart."""
    rest, found, number = int(size * 54 / 74), [], 0
    source = random.Random(6)
    kinds = [("application/pdf", "pdf"), ("image/png", "png"), ("application/zip", "zip"),
             ("application/octet-stream", "bin"), ("video/mp4", "mp4")]
    while rest > 0:
        count = min(rest, 16_000_000 + number * 1_000_003 % 8_000_000)
        kind, ending = kinds[number % len(kinds)]
        content = source.randbytes(count) if number % 3 else bytes(count)
        found.append((f"file-{number}.{ending}", kind, content))
        rest -= count
        number += 1
    return found


def write_big(path, files):
    with open(path, "wb") as out:
        out.write(b"From: Big Sender <big@heavy.example>\r\nTo: <anna@us.example>\r\nSubject: The big one\r\n"
                  b"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <big@heavy.example>\r\nMIME-Version: 1.0\r\n"
                  b'Content-Type: multipart/mixed; boundary="=_big"\r\n\r\n'
                  b"--=_big\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the files.\r\n")
        for name, kind, content in files:
            out.write(f'--=_big\r\nContent-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; '
                      f'filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'.encode())
            for at in range(0, len(content), 57 * 20000):
                lines = base64.b64encode(content[at:at + 57 * 20000])
                out.write(b"".join(lines[i:i + 76] + b"\r\n" for i in range(0, len(lines), 76)))
        out.write(b"--=_big--\r\n")


def small(number, address):
    return (f"From: Person {number} <person{number}@company{number % 50}.example>\r\nTo: <{address}>\r\n"
            f"Subject: small {number} \r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
            f"Message-ID: <{number}@company.example>\r\n\r\n{'x' * 2000}\r\n").encode()


class Exchange:
    def __init__(self, program, mailboxes, load=None):
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--service", "ferry@us.example:secret",
             *(["--load", str(load)] if load else []), *sum((["--mailbox", one] for one in mailboxes), [])],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                self.url = line.split()[1]
                return
        sys.exit("big_mail: the simulator does not start")


class Agent:
    """`mailferry run`; `filed` tells when each message was, by its Message-ID."""

    def __init__(self, program, config, log):
        self.process = subprocess.Popen([program, "run", "--config", str(config)], stderr=subprocess.PIPE, text=True)
        self.filed, self.listening, self.log = {}, 0, open(log, "w")
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        for line in self.process.stderr:
            now = time.monotonic()
            self.log.write(line)
            self.log.flush()
            self.listening += " info listening" in line
            found = " info filed " in line and re.search(r'message-id="?<([^>]*)>', line)
            if found:
                self.filed[found[1]] = now

    def status(self, name):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+) kB", text, re.M)[1]) / 1024


def wait_for(what, seconds, condition):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"big_mail: {what} did not happen within {seconds} seconds")
        time.sleep(0.02)


class Users(threading.Thread):
    """Drags small mails into the drop folder of one mailbox, one every `pause` seconds, until told to stop."""
    numbers = iter(range(1, 10**9))
    lock = threading.Lock()

    def __init__(self, url, address, pause):
        super().__init__(daemon=True)
        self.box, self.address, self.pause = PlainMailbox(url, address), address, pause
        self.dropped, self.going = {}, True

    def run(self):
        folders = self.box.folders()
        while self.going:
            with self.lock:
                number = next(self.numbers)
            item = self.box.deliver(folders["Inbox"], small(number, self.address), True)
            self.dropped[f"{number}@company.example"] = time.monotonic()
            self.box.drag(item, folders[FOLDER])
            time.sleep(self.pause)


def show(label, times):
    times = sorted(times)
    at = lambda part: 1000 * times[int(part * (len(times) - 1))]
    print(f"{label:34} {len(times):5} mails: median {at(0.5):7.1f}, p95 {at(0.95):7.1f}, max {at(1):7.1f} ms", flush=True)
    return at(0.5), at(0.95), at(1)


def same_bytes(program, crm, files, original):
    mails = [json.loads(line) for line in subprocess.run(
        [program, "crm", "list", crm, "email", "--json"], check=True, capture_output=True, text=True).stdout.splitlines()]
    big = [mail for mail in mails if mail["subject"] == "The big one"]
    if len(big) != 1:
        print(f"the big mail stands {len(big)} times in the CRM")
        return False

    def take(*which):
        return subprocess.run([program, "crm", "show", crm, "email", str(big[0]["id"]), *which],
                              check=True, capture_output=True).stdout
    good = [take("--attachment", str(i + 1)) == content for i, (_, _, content) in enumerate(files)]
    whole = hashlib.sha256(take("--original")).hexdigest() == hashlib.sha256(original.read_bytes()).hexdigest()
    print(f"{sum(good)} of {len(files)} attachments are the same byte for byte; the original "
          + ("too" if whole else "IS NOT"))
    return all(good) and whole


def measure(arguments, work, running):
    build = ROOT / arguments.build
    mailferry, exchange = str(build / "agent/mailferry"), str(build / "ews/simulator/mailferry-exchange")
    if arguments.mailferry:
        mailferry = arguments.mailferry
    files = attachments(arguments.megabytes * 1_000_000)
    mail = work / "mails" / BIG / "inbox" / "big.eml"
    mail.parent.mkdir(parents=True)
    write_big(mail, files)
    size = mail.stat().st_size / 1e6
    heavy, light = Exchange(exchange, [BIG], work / "mails"), Exchange(exchange, SMALL)
    running += [heavy.process, light.process]
    (work / "password").write_text("secret")
    (work / "password").chmod(0o600)
    shutil.copy(ROOT / "samples/demo/policy.xml", work / "policy.xml")
    (work / "mailferry.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><mailferry xmlns="urn:mailferry:config:1">'
        '<journal file="journal.sqlite"/>' + "".join(
            f'<exchange name="{name}" url="{one.url}" user="ferry@us.example" settle-ms="{arguments.settle_ms}">'
            '<password file="password"/></exchange>' for name, one in (("heavy", heavy), ("light", light)))
        + '<crm name="embedded" url="sqlite:crm.sqlite"/>' + "".join(
            f'<policy file="policy.xml" exchange="{name}" crm="embedded">'
            + "".join(f'<mailbox address="{one}"/>' for one in boxes) + "</policy>"
            for name, boxes in (("heavy", [BIG]), ("light", SMALL))) + "</mailferry>")
    crm = f"sqlite:{work}/crm.sqlite"
    subprocess.run([mailferry, "crm", "import", crm, str(ROOT / "samples/people.csv")], check=True, stdout=subprocess.DEVNULL)
    agent = Agent(mailferry, work / "mailferry.xml", work / "agent.log")
    running.append(agent.process)
    wait_for("listening", 60, lambda: agent.listening == 3)
    box = PlainMailbox(heavy.url, BIG)
    item, folder = box.first_item(), box.folders()[FOLDER]
    users = [Users(light.url, one, arguments.pause) for one in SMALL]
    for one in users:
        one.start()
    time.sleep(arguments.seconds)
    before = agent.status("VmHWM")
    dropped = time.monotonic()
    box.drag(item, folder)
    wait_for("the filing of the big mail", 600, lambda: "big@heavy.example" in agent.filed or agent.process.poll() is not None)
    for one in users:
        one.going = False
    for one in users:
        one.join()
    all_dropped = {name: at for one in users for name, at in one.dropped.items()}
    wait_for("the filing of the small mails", 120, lambda: all(name in agent.filed for name in all_dropped))
    peak = agent.status("VmHWM")
    filed = agent.filed["big@heavy.example"]
    print(f"a mail of {size:.1f} MB with {len(files)} attachments, filed {filed - dropped:.2f} s after its drop")
    usual = show("without it", [agent.filed[n] - at for n, at in all_dropped.items() if at + 1 < dropped])
    beside = show("while it is under way", [agent.filed[n] - at for n, at in all_dropped.items() if dropped <= at < filed])
    print(f"memory of the agent (VmHWM): {before:.0f} MiB before it, {peak:.0f} MiB at the peak", flush=True)
    agent.process.terminate()
    agent.process.wait()
    good = same_bytes(mailferry, crm, files, mail)
    bounded = peak * 1.048576 < (arguments.peak_mb or 2 * size + 100)
    quick = beside[0] <= arguments.times * usual[0] and beside[1] <= arguments.times * usual[1]
    print(f"memory within its bound: {bounded}; median and p95 within {arguments.times} times the usual: {quick}")
    return good and bounded and quick


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--mailferry", help="the program to measure, if it is not that of the build")
    parser.add_argument("--megabytes", type=float, default=150)
    parser.add_argument("--settle-ms", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=10, help="of small mails alone")
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between two small mails of a mailbox")
    parser.add_argument("--peak-mb", type=float, help="bound of the memory; 2 x the mail + 100 MB if not given")
    parser.add_argument("--times", type=float, default=2)
    parser.add_argument("--keep", action="store_true", help="leave the working folder")
    arguments = parser.parse_args()
    work, running = Path(tempfile.mkdtemp(prefix="big_mail.")), []
    try:
        good = measure(arguments, work, running)
    finally:
        for process in running:
            if process.poll() is None:
                process.kill()
                process.wait()
        if arguments.keep:
            print(f"everything is left in {work}")
        else:
            shutil.rmtree(work)
    sys.exit(0 if good else 1)


main()
