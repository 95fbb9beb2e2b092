#!/usr/bin/env python3
"""Holds `mailferry parse --json` against mails written to exhaust a reader: each is read to its end within bounds.

usage: hostile_check.py MAILFERRY [--seconds S] [--megabytes M] [--keep FOLDER] [--also SCRIPT]
Each mail goes through a process of its own. More than S seconds of CPU (1), more than M megabytes at the peak (300),
an exit status other than 0 or a line that is no JSON is a failure; exit status 1 where there is one. SCRIPT writes more
such mails into the folder it is started in; without the file there are none.
"""
import argparse
import base64
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HEAD = ('From: Maria Lopez <maria.lopez@acme.example>\r\nTo: anna@us.example\r\nSubject: hostile\r\n'
        'Date: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <hostile@acme.example>\r\nMIME-Version: 1.0\r\n')
RANDOM = random.Random(7)


def mail(*fields, body='text\r\n'):
    return HEAD + ''.join(field + '\r\n' for field in fields) + '\r\n' + body


def html(body):
    return mail('Content-Type: text/html; charset=utf-8', body=body)


def multipart(boundary, *parts):
    inner = ''.join(f'--{boundary}\r\n{part}\r\n' for part in parts)
    return mail(f'Content-Type: multipart/mixed; boundary="{boundary}"', body=f'{inner}--{boundary}--\r\n')


def nested(depth):
    opens = ''.join(f'Content-Type: multipart/mixed; boundary=n{i}\r\n\r\n--n{i}\r\n' for i in range(depth))
    return HEAD + opens + '\r\nat the bottom\r\n' + ''.join(f'--n{i}--\r\n' for i in reversed(range(depth)))


def encoded(raw):
    return base64.encodebytes(raw).decode().replace('\n', '\r\n')


def tnef(attribute, size):
    """A winmail.dat with many attributes of one kind, each with the right checksum."""
    data = b'x' * size
    one = b'\x02' + attribute.to_bytes(4, 'little') + size.to_bytes(4, 'little') + data + (sum(data) & 0xFFFF).to_bytes(2, 'little')
    raw = (0x223E9F78).to_bytes(4, 'little') + b'\x01\x00' + one * (1_000_000 // len(one))
    return mail('Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', body=encoded(raw))


def rtf_bomb():
    """Compressed RTF that says it is 4 GB: one literal, then references to itself (MS-OXRTFCP 2.2.1)."""
    contents = b'\x00' + b'{\\rtf1  '[:8] + b'\xff' + b'\x00\xff' * 8 + (b'\xff' + b'\x0f\xff' * 8) * 100_000
    head = (len(contents) + 12).to_bytes(4, 'little') + b'\xff\xff\xff\xff' + b'LZFu' + b'\0\0\0\0'
    value = head + contents
    properties = (1).to_bytes(4, 'little') + b'\x02\x01\x09\x10' + (1).to_bytes(4, 'little') + len(value).to_bytes(4, 'little') + value
    properties += b'\0' * (-len(properties) % 4)
    attribute = b'\x01' + (0x00069003).to_bytes(4, 'little') + len(properties).to_bytes(4, 'little') + properties
    raw = (0x223E9F78).to_bytes(4, 'little') + b'\x01\x00' + attribute + (sum(properties) & 0xFFFF).to_bytes(2, 'little')
    return mail('Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', body=encoded(raw))


MANY, MEGA = 100_000, 1 << 20
MAILS = {
    # headers
    'angles-in-from': lambda: mail('Cc: ' + '<' * MEGA),
    'quotes-in-from': lambda: mail('Cc: ' + '"a" ' * (MEGA // 4)),
    'unclosed-comments': lambda: mail('Cc: ' + '(a' * (MEGA // 2)),
    'closed-comments-within-comments': lambda: mail('Cc: ' + '(' * MANY + ')' * MANY + ' a@b.example'),
    'backslashes-in-quotes': lambda: mail('Cc: "' + '\\' * MEGA + '" <a@b.example>'),
    'encoded-words-never-closed': lambda: mail('Cc: ' + '=?utf-8?q?a' * MANY),
    'encoded-words-in-names': lambda: mail('Cc: ' + ', '.join(f'=?utf-8?q?=C3=BC{i}?= <u{i}@b.example>' for i in range(50_000))),
    'encoded-words-of-changing-charsets': lambda: mail(
        'X: y', 'Subject: ' + ' '.join(f'=?{("koi8-r", "gb18030", "iso-2022-jp", "utf-7", "big5", "windows-1255", "euc-kr", "cp850", "x-no")[i % 9]}?b?4eLj?='
                                       for i in range(20_000))),
    'question-marks': lambda: mail('Cc: ' + '=?' * (MEGA // 2)),
    'at-signs': lambda: mail('Cc: ' + 'a@' * (MEGA // 2)),
    'dots-and-blanks': lambda: mail('Cc: ' + 'a . ' * (MEGA // 4)),
    'domain-literals-never-closed': lambda: mail('Cc: ' + 'a@[' * (MEGA // 3)),
    'groups-without-members': lambda: mail('Cc: ' + 'g:;' * (MEGA // 3)),
    'many-cc-fields': lambda: mail(*(f'Cc: u{i}@b.example' for i in range(MANY))),
    'many-references': lambda: mail('References: ' + ' '.join(f'<{i}@b.example>' for i in range(MANY))),
    'references-never-closed': lambda: mail('References: ' + '<a' * MEGA),
    'long-date': lambda: mail('Resent-Date: x', 'X: y').replace('+0100', '(' * MEGA),
    'dots-in-domain': lambda: mail('Cc: a@' + 'b.' * MEGA),
    'idn-labels': lambda: mail('Cc: ' + ', '.join(f'a@xn--{i}-ü.example' for i in range(20_000))),
    'colons': lambda: mail(':' * MEGA),
    'lines-that-are-no-fields': lambda: mail(*['no field'] * MANY),
    'header-without-an-end': lambda: HEAD + 'X: y\r\n' * MANY,
    'folds-of-blanks': lambda: mail('X: y' + '\r\n  ' * MANY),
    'from-of-32-megabytes': lambda: mail('X: y').replace('Maria Lopez', '\xe9' * (16 * MEGA)),
    'fields-of-parts': lambda: multipart('b', *['a:\r\n' * 15_000 for _ in range(340)]),
    # parameters
    'comments-in-content-type': lambda: mail('Content-Type: text/plain' + '(' * MEGA),
    'quotes-in-content-type': lambda: mail('Content-Type: text/plain; a="' + '\\"' * (MEGA // 2)),
    'semicolons-in-content-type': lambda: mail('Content-Type: text/plain' + ';' * MEGA),
    'continuations-with-gaps': lambda: mail(
        'Content-Type: application/pdf' + ''.join(f'; name*{RANDOM.randrange(4_000_000_000)}*=%41' for _ in range(20_000))),
    'continuations-of-one-number': lambda: mail('Content-Type: application/pdf' + '; name*0*=utf-8\'\'%41' * 50_000),
    'charset-of-a-megabyte': lambda: mail('Content-Type: text/plain; charset=' + 'x' * MEGA, body='ü\r\n'),
    'boundary-of-a-megabyte': lambda: mail('Content-Type: multipart/mixed; boundary=' + 'x' * MEGA, body=('--' + 'x' * 70 + '\r\n') * MANY),
    # structure
    'nested-99': lambda: nested(99),
    'nested-20000': lambda: nested(20_000),
    'nested-and-broad': lambda: multipart('o', *[
        f'Content-Type: multipart/mixed; boundary=i{i}\r\n\r\n' + f'--i{i}\r\n\r\nx\r\n' * 100 for i in range(1000)]),
    'boundaries-that-are-prefixes': lambda: HEAD + ''.join(
        f'Content-Type: multipart/mixed; boundary={"b" * i}\r\n\r\n--{"b" * i}\r\n' for i in range(1, 99)) + ('\r\n--' + 'b' * 50) * MANY,
    'closing-boundaries': lambda: mail('Content-Type: multipart/mixed; boundary=b', body='--b--\r\n' * 300_000),
    'dashes-within-many-multiparts': lambda: HEAD + ''.join(
        f'Content-Type: multipart/mixed; boundary=n{i}\r\n\r\n--n{i}\r\n' for i in range(250)) + '\r\n' + '--\r\n' * 4_000_000,
    'dashes': lambda: mail('Content-Type: multipart/mixed; boundary=b', body='--\r\n' * 1_000_000),
    'empty-lines': lambda: multipart('b', '\r\n' * 4_000_000),
    'digest-of-nothing': lambda: mail('Content-Type: multipart/digest; boundary=b', body='--b\r\n' * 500_000),
    # bodies
    'base64-of-blanks': lambda: mail('Content-Transfer-Encoding: base64', body=' ' * (16 * MEGA)),
    'base64-of-padding': lambda: mail('Content-Transfer-Encoding: base64', body='=' * (8 * MEGA)),
    'quoted-printable-of-signs': lambda: mail('Content-Transfer-Encoding: quoted-printable', body='=' * (8 * MEGA)),
    'quoted-printable-of-blanks': lambda: mail('Content-Transfer-Encoding: quoted-printable', body=' ' * (16 * MEGA)),
    'utf-7-shifts': lambda: mail('Content-Type: text/plain; charset=utf-7', body='+AOk-' * (2 * MEGA // 5)),
    'iso-2022-escapes': lambda: mail('Content-Type: text/plain; charset=iso-2022-jp', body='\x1b$B\x1b(B' * MEGA),
    'utf-8-cut-short': lambda: mail('Content-Type: text/plain; charset=utf-8', body='\xf0\x9f' * (4 * MEGA)),
    'latin-1-of-20-megabytes': lambda: mail('Content-Type: text/plain; charset=iso-8859-1', body='\xe9' * (20 * MEGA)),
    'continuation-bytes': lambda: mail('Content-Type: text/plain; charset=koi8-r', body='\xa3' * (33 * MEGA)),
    'flowed-lines': lambda: mail('Content-Type: text/plain; format=flowed; delsp=yes', body='> a \r\n' * 1_000_000),
    'flowed-quotes': lambda: mail('Content-Type: text/plain; format=flowed', body='>' * (8 * MEGA)),
    'carriage-returns': lambda: mail(body='\r' * (8 * MEGA)),
    'quoted-lines': lambda: mail(body='> a\r\n' * 1_000_000),
    'lines-that-seem-to-introduce-a-quote': lambda: mail(body='On Monday Anna wrote\r\n' * 200_000),
    'from-lines-of-outlook': lambda: mail(body='From: a\r\n' * 500_000),
    'signatures': lambda: mail(body='-- \r\nAnna\r\n' * 300_000),
    # HTML
    'html-nested': lambda: html('<div>' * MANY + 'x'),
    'html-nested-tables': lambda: html('<table><tr><td>' * 50_000 + 'x'),
    'html-nested-lists': lambda: html('<ul><li>' * 50_000 + 'x'),
    'html-nested-quotes': lambda: html('<blockquote>' * 50_000 + 'x<br>' * 50_000),
    'html-formatting-never-closed': lambda: html('<b><i><p>' * 50_000 + 'x'),
    'html-attributes': lambda: html('<p ' + ' '.join(f'a{i}=x' for i in range(200_000)) + '>x'),
    'html-less-than-signs': lambda: html('<' * (2 * MEGA)),
    'html-comments-never-closed': lambda: html('<!--' * (MEGA // 2)),
    'html-entities': lambda: html('&amp;' * (MEGA // 2)),
    'html-ampersands': lambda: html('&' * (2 * MEGA)),
    'html-quotes-never-closed': lambda: html('<a href="' * 200_000),
    'html-script-never-closed': lambda: html('<script>' * 200_000),
    'html-styles': lambda: html('<p style="' + 'color:red;' * 300_000 + '">x</p>'),
    'html-links': lambda: html('<a href="https://b.example/">x</a>' * 100_000),
    'html-of-30-megabytes': lambda: html('<p>Forty belts, please.</p>\r\n' * 1_100_000),
    # winmail.dat
    'tnef-attributes': lambda: tnef(0x0001800F, 0),
    'tnef-renddata': lambda: tnef(0x00069002, 14),
    'tnef-rtf-bomb': rtf_bomb,
}


def run(mailferry, path):
    """Exit status, standard output, CPU seconds and megabytes at the peak of one parse."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([mailferry, 'parse', '--json', path], stdin=subprocess.DEVNULL, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        return os.waitstatus_to_exitcode(status), output.read(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def written_by(script, folder):
    """The mails that another script writes, one after the other."""
    if not script or not pathlib.Path(script).exists():
        return
    folder = folder / 'also'
    folder.mkdir(exist_ok=True)
    subprocess.run([sys.executable, pathlib.Path(script).resolve()], cwd=folder, check=True)
    yield from sorted(folder.glob('*.eml'))


def written_here(folder):
    for name, write in MAILS.items():
        text = write()
        path = folder / f'{name}.eml'
        try:
            path.write_bytes(text.encode('latin-1'))  # most of them are bytes, written as characters
        except UnicodeEncodeError:
            path.write_bytes(text.encode('utf-8'))
        del text
        yield path


def faults_of(status, output, seconds, megabytes, given):
    if status:
        yield f'exit status {status}'
    try:
        json.loads(output)
    except ValueError as error:
        yield f'no JSON: {error}'
    if seconds > given.seconds:
        yield 'too slow'
    if megabytes > given.megabytes:
        yield 'too big'


def main():
    options = argparse.ArgumentParser()
    options.add_argument('mailferry')
    options.add_argument('--seconds', type=float, default=1)
    options.add_argument('--megabytes', type=float, default=300)
    options.add_argument('--keep')
    options.add_argument('--also')
    given = options.parse_args()
    read = wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(given.keep or scratch)
        folder.mkdir(exist_ok=True)
        for path in itertools.chain(written_here(folder), written_by(given.also, folder)):
            result = run(given.mailferry, path)
            faults = list(faults_of(*result, given))
            read += 1
            wrong += bool(faults)
            print(f'{path.stem:40}{path.stat().st_size / 1e6:8.1f} MB mail{result[2]:8.2f} s{result[3]:8.0f} MB  {", ".join(faults)}')
            if not given.keep:
                path.unlink()
    print(f'{read - wrong} of {read} mails read within bounds')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
