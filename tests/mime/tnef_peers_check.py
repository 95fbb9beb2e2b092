#!/usr/bin/env python3
"""Holds what `mailferry parse --json` finds in a winmail.dat against two programs that nobody here wrote, tnef and ytnef.

usage: tnef_peers_check.py MAILFERRY FOLDER...     exit 77: neither program is installed
Each file that a peer takes out has to be in `contains`, byte for byte, at any depth; names are shown, not compared, for
ytnef gives the short ones. A message within is a stream that the peers do not open: it is looked for by neither.
"""
import email
import email.policy
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

PEERS = {
    'tnef': ['tnef', '--overwrite', '-C', '{folder}', '-f', '{file}'],
    'ytnef': ['ytnef', '-f', '{folder}', '{file}'],
}
MESSAGE = b'\x78\x9f\x3e\x22'  # the signature of a stream, behind the 16 bytes of an interface's id or not


def winmails(path):
    """The TNEF streams of a mail."""
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    for part in mail.walk():
        if part.get_content_type() in ('application/ms-tnef', 'application/vnd.ms-tnef'):
            yield part.get_payload(decode=True)


def taken_out(peer, stream):
    """Name and SHA-256 of each file that a peer finds."""
    with tempfile.TemporaryDirectory() as scratch:
        file, folder = pathlib.Path(scratch) / 'winmail.dat', pathlib.Path(scratch) / 'out'
        file.write_bytes(stream)
        folder.mkdir()
        command = [word.format(file=file, folder=folder) for word in PEERS[peer]]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        for found in sorted(folder.rglob('*')):
            if not found.is_file():
                continue
            content = found.read_bytes()
            if MESSAGE not in content[:24]:
                yield found.name, hashlib.sha256(content).hexdigest()


def hashes(parts):
    for part in parts:
        yield part['sha256']
        yield from hashes(part['contains'])


def main(mailferry, *folders):
    peers = [name for name in PEERS if shutil.which(name)]
    if not peers:
        print('skipped: neither tnef nor ytnef is installed')
        return 77
    found = wrong = 0
    for path in sorted(path for folder in folders for path in pathlib.Path(folder).rglob('*.eml')):
        streams = list(winmails(path))
        if not streams:
            continue
        output = subprocess.run([mailferry, 'parse', '--json', path], stdout=subprocess.PIPE, check=True).stdout
        ours = set(hashes(json.loads(output)['attachments']))
        for peer in peers:
            for name, digest in (file for stream in streams for file in taken_out(peer, stream)):
                found += 1
                wrong += digest not in ours
                print(f'{path.name}: {peer} has {name}' + ('' if digest in ours else ': MISSING here'))
    print(f'{found - wrong} of {found} files of {", ".join(peers)} found')
    return 1 if wrong or not found else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
