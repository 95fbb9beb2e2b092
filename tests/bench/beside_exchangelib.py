"""Plays rounds of the comparison and shows what they took. Called by beside_exchangelib.sh, in whose folder WORK there
are certificate and password.

usage: beside_exchangelib.py BUILD WORK PYTHON MAILS MAILBOXES ORDER WORKERS"""
import os, platform, signal, statistics, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples", "demo"))
from beside_mails import mailboxes, write_mails, write_people
from beside_outcome import differences, faults, summary
from beside_round import Setting, play


MEASURED = ("seconds", "cpu", "server_cpu", "memory")


def show_head():
    print(f"\n{'':24}{'mails/s':>9}{'client CPU':>15}{'server CPU':>15}{'memory':>10}", flush=True)


def show(label, mails, seconds, cpu, server_cpu, memory):
    each = 1000 / mails  # ms a mail
    print(f"{label:24}{mails / seconds:9.0f}{each * cpu:12.2f} ms{each * server_cpu:12.2f} ms{memory:7.0f} MB",
          flush=True)


def show_medians(rounds, mails):
    middle = {}
    for who in sorted({one.who for one in rounds}, reverse=True):
        middle[who] = [statistics.median(getattr(one, what) for one in rounds if one.who == who) for what in MEASURED]
        show("median " + who, mails, *middle[who])
    if len(middle) == 2:
        faster, cheaper = (middle["exchangelib"][what] / middle["mailferry"][what] for what in (0, 1))
        print(f"\n{faster:.1f} times the mails a second, 1/{cheaper:.1f} of the client's CPU a mail.")


def versions(setting):
    ask = lambda *command: subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    libraries = ask(setting.python, "-c", "import exchangelib, lxml, requests; print(', '.join(f'{module.__name__} "
                    "{module.__version__}' for module in (exchangelib, lxml, requests)))")
    return (f"{ask(setting.program('agent/mailferry'), '--version')}; {libraries}, "
            f"{ask(setting.python, '--version')} ({setting.workers} processes); {os.cpu_count()} processors, "
            f"Linux {platform.release()}, load {os.getloadavg()[0]:.1f}")


def main():
    build, work, python, mails, boxes, order, workers = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    owners = mailboxes(int(boxes))
    kinds = write_mails(work + "/mails", int(mails), owners)
    write_people(work + "/people.csv")
    sizes = sorted(os.path.getsize(os.path.join(at, name)) / 1000
                   for at, _, names in os.walk(work + "/mails") for name in names)
    setting = Setting(os.path.abspath(build), work, python, workers, owners, kinds)
    print(f"{mails} mails of {sizes[0]:.1f} to {sizes[-1]:.1f} kB (median {statistics.median(sizes):.1f}), "
          f"{len(owners)} mailboxes.\n{versions(setting)}", flush=True)
    rounds, wrong = [], []
    show_head()
    for number, letter in enumerate(order):
        one = play(setting, {"A": "mailferry", "B": "exchangelib"}[letter], number)
        rounds.append(one)
        show("  " + one.who, len(kinds), *(getattr(one, what) for what in MEASURED))
        wrong += [f"{one.who}: {fault}" for fault in faults(one.outcome, len(kinds), owners)]
        wrong += [f"{rounds[0].who} (there) and {one.who} (here): {text}"
                  for text in differences(rounds[0].outcome, one.outcome)]
    show_medians(rounds, len(kinds))
    print("\n".join(wrong) if wrong else f"Same result: {summary(rounds[0].outcome)}.")
    sys.exit(1 if wrong else 0)


main()
