#!/usr/bin/env python3
"""Holds `mailferry parse --json` against what the mails of samples/mail were written to say.

usage: samples_check.py MAILFERRY SAMPLES     names every difference; exit status 1 where there is one
"""
import json
import pathlib
import subprocess
import sys

ANNA, MARIA = 'Anna Berg <anna@us.example>', 'Maria Lopez <maria.lopez@acme.example>'
TOM = 'Tom Becker <tom.becker@becker-bau.example>'

# mail: what must come out. Addresses as `name <address>`; text and html: a part of them, or None for absent;
# attachments: file names; problems: whether there are any. What is not named here is not looked at.
EXPECTED = {
    'known-contact-asks-for-offer': {'from': [MARIA], 'to': [ANNA], 'subject': 'Offer for 40 conveyor belts',
                                     'date': '2026-11-23T07:05:00Z', 'html': None, 'text': 'forty belts',
                                     'attachments': [], 'traits': [], 'problems': False},
    'address-without-name': {'from': ['<paul_van-dijk@waterland.example>']},
    'last-name-first': {'from': ['Weber, Jana (Rheinwerk AG) <j.weber@rheinwerk.example>']},
    'plain-old-mail': {'from': ['John Smith <j.smith@northwind.example>'], 'text': 'STILL ALIVE'},
    'group-undisclosed-recipients': {'to': [], 'subject': 'Warehouse closed on Friday', 'text': 'count the stock'},
    'group-with-members': {'to': [MARIA, '<tom.becker@becker-bau.example>', 'Ben Okafor <ben@us.example>']},
    'same-person-in-to-and-cc': {'to': [TOM], 'cc': ['BECKER Tom <Tom.Becker@becker-bau.example>', 'Ben Okafor <ben@us.example>']},
    'sent-with-bcc': {'bcc': ['Claire Dubois <claire.dubois@lumiere.example>']},
    'two-authors': {'from': [MARIA, 'Pedro Ruiz <pedro.ruiz@acme.example>']},
    'reply-in-thread': {'in_reply_to': ['<offer-118.answer@us.example>'], 'traits': [],
                        'references': ['<known-contact-asks-for-offer.01@acme.example>', '<offer-118.answer@us.example>']},
    'auto-reply': {'traits': ['auto-reply']},
    'newsletter': {'traits': ['bulk', 'list']},
    'mailing-list': {'traits': ['list']},
    'bounce': {'traits': ['auto-reply', 'bounce']},
    'notice-of-mailferry': {'traits': ['auto-reply', 'notice']},
    'read-receipt': {'traits': ['receipt']},
    'meeting-invite': {'traits': ['invite']},
    'signed': {'traits': ['signed'], 'attachments': ['smime.p7s'], 'text': 'frame contract'},
    'signed-opaquely': {'traits': ['signed'], 'attachments': ['smime.p7m'], 'text': None},
    'encrypted': {'traits': ['encrypted'], 'attachments': ['smime.p7m'], 'text': None},
    'encoded-words-japanese': {'from': ['佐藤健二 <kenji.sato@sakura.example>'], 'subject': '来月の訪問について', 'text': '八日の十一時'},
    'german-umlauts-iso-8859-1': {'from': ['Tom Becker, Geschäftsführer <tom.becker@becker-bau.example>'],
                                  'subject': 'Türen für das Gästehaus', 'text': 'fünf weiße Türen'},
    'cyrillic-koi8-r': {'from': ['Ольга Иванова <olga.ivanova@neva.example>'], 'text': 'Склад готов'},
    'utf8-headers-raw': {'from': ['María López <maria.lopez@acme.example>'], 'subject': 'Señalización para la nave nueva'},
    'encoded-word-splits-a-character': {'subject': 'Größenänderung für Übergrößen'},
    'unknown-charset': {'text': 'the old terminal'},
    'hebrew-windows-1255': {'from': ['שירה לוי <shira@dekel-optics.example>'], 'subject': 'הצעת מחיר לעדשות – דחוף',
                            'text': 'היה 1,200 ₪ ליחידה', 'problems': False},
    'arabic-windows-1256': {'from': ['ياسمين حداد <yasmin@cedarworks.example>'], 'subject': 'Re: موعد الزيارة',
                            'in_reply_to': ['<visit-cedar.1@us.example>'], 'text': 'الساعة العاشرة صباحاً',
                            'html': '<b>يوم الأربعاء</b>', 'problems': False},
    'greek-iso-8859-7': {'from': ['Νίκος Παππάς <nikos@aigaio-pumps.example>'], 'subject': 'Άμεση παραγγελία αντλιών',
                         'text': 'Καλημέρα Άννα,', 'attachments': ['Τιμοκατάλογος.pdf'], 'problems': False},
    'turkish-windows-1254': {'from': ['Ayşe Yılmaz <ayse@bogaz-tekstil.example>'], 'subject': 'İğne ve iplik siparişi',
                             'text': 'hâlâ 12 € mu?', 'problems': False},
    'czech-iso-8859-2': {'from': ['Pavel Dvořák <pavel@dvorak-tools.example>'], 'subject': 'Re: Vaše návštěva ve čtvrtek',
                         'references': ['<visit-brno.2@us.example>'], 'text': 'žluté řezací kotouče', 'problems': False},
    'polish-windows-1250': {'from': [ANNA], 'to': ['Krzysztof Wójcik <k.wojcik@wisla-meble.example>'],
                            'subject': 'Poprawiona oferta: krzesła „Żuraw”', 'text': 'w załączeniu… a właściwie', 'problems': False},
    'spanish-iso-8859-15': {'from': [ANNA], 'to': ['María José Ibáñez <mj.ibanez@santelmo.example>'],
                            'subject': 'Re: ¿Cuánto cuesta la revisión?', 'text': '890 € por equipo', 'problems': False},
    'ukrainian-windows-1251': {'from': ['Оксана Ґудзь <oksana@dnipro-grain.example>'], 'subject': 'Re: Пропозиція щодо ваг',
                               'text': 'іще п’ять таких', 'problems': False},
    'romanian-iso-8859-16': {'from': ['Ștefan Țurcanu <stefan@dunarea-transport.example>'],
                             'subject': 'Comandă și preț pentru lăzi', 'text': 'lăzi „Dunărea”. Plata în €', 'problems': False},
    'french-windows-1252-as-iso-8859-1': {'subject': 'Cœur de verre : 1 250 € l’unité', 'text': 'emballage compris…'},
    'korean-euc-kr': {'from': ['김서연 <seoyeon@hangang-tech.example>'], 'text': '납기는 언제쯤일까요?',
                      'subject': '견적 요청드립니다: 컨베이어 벨트 마흔 개와 여분의 모터 네 대', 'problems': False},
    'japanese-shift-jis': {'from': ['佐藤健二 <kenji.sato@sakura.example>'], 'subject': 'Re: 予定表とソフトの件',
                           'text': 'ソフトの十台分も能率のため持参します。ﾖﾛｼｸ', 'problems': False},
    'chinese-gb2312-holds-gbk': {'from': ['王喆 <wang.zhe@huaiyin-pumps.example>'], 'text': '同事陈堃'},
    'chinese-gb18030': {'from': ['李𠮷 <li.ji@liuhe-paper.example>'], 'subject': '纸样已寄出 📦', 'text': '收到请告知',
                        'problems': False},
    'chinese-big5': {'from': ['許功蓋 <kung@tamsui-glass.example>'], 'subject': '玻璃門的功能說明', 'text': '功能許可表',
                     'attachments': ['功能許可表.txt'], 'problems': False},
    'thai-tis-620': {'from': ['สมชาย ใจดี <somchai@chaophraya-boats.example>'], 'subject': 'ขอใบเสนอราคาเครื่องยนต์เรือ',
                     'text': 'เรียน คุณแอนนา', 'problems': False},
    'vietnamese-utf8-base64-headers': {'from': ['Nguyễn Thị Minh <minh@songhong-tea.example>'], 'text': 'Chị báo giá giúp',
                                       'subject': 'Hỏi giá máy đóng gói trà, giao trước Tết', 'problems': False},
    'html-only': {'text_from_html': True, 'text': 'amber & smoke', 'html': '<b>amber</b>'},
    'multipart-alternative-with-attachment': {'text': 'The order is attached.', 'html': '<i>Please', 'attachments': ['order-5521.pdf']},
    'inline-picture-cid': {'attachments': ['blue.png'], 'html': 'cid:blue@lumiere.example'},
    'inline-picture-and-pdf': {'attachments': ['green.png', 'drawing.pdf'], 'html': 'cid:green@lumiere.example',
                               'text': 'The drawing is attached.', 'traits': []},
    'attachment-pretends-to-be-pdf': {'attachments': ['invoice.pdf.exe', 'terms.pdf'], 'text': 'the terms beside it'},
    'calendar-file-attached': {'attachments': ['crane.ics'], 'traits': [], 'text': 'The days of the crane'},
    'rfc2231-filename': {'attachments': ['Türmaße Gästehaus 2026.csv']},
    'two-attachments-of-one-name': {'attachments': ['notes.txt', 'notes.txt'], 'text': 'both matter'},
    'attached-mail': {'attachments': ['Gate times.eml'], 'from': ['John Smith <j.smith@northwind.example>'], 'to': [ANNA]},
    'base64-text': {'text': '北門'},
    'no-message-id': {'message_id': ''},
    'no-date': {'date': None},
    'empty-subject': {'subject': ''},
    'broken-mime-missing-boundary': {'from': [MARIA], 'problems': True},
    'broken-mime-inner-part-not-closed': {'text': 'The price list', 'attachments': ['prices.csv'], 'problems': True},
    'broken-base64': {'text': 'Drawing attached.', 'attachments': ['drawing.bin'], 'problems': True},
    'bare-lf': {'subject': 'From a Unix box', 'text': 'sent by a script'},
    'headers-only': {'from': [MARIA], 'subject': '[no text]'},
    'not-a-mail': {'from': [], 'to': [], 'problems': True},
    'not-a-mail-html-page': {'from': [], 'to': [], 'problems': True},
    'empty': {'from': [], 'to': [], 'problems': True},
}


def seen(mail, field):
    value = mail[field]
    if field in ('from', 'to', 'cc', 'bcc'):
        return [f"{person['name']} <{person['address']}>".strip() for person in value]
    if field == 'attachments':
        return [attachment['filename'] for attachment in value]
    if field == 'traits':
        return sorted(value)
    if field == 'problems':
        return bool(value)
    return value


def fits(expected, value, field):
    if field in ('text', 'html') and expected is not None:
        return value is not None and expected in value
    if field == 'message_id' and not expected:
        return not value
    return expected == value


def main(mailferry, samples):
    files = sorted(pathlib.Path(samples).glob('*.eml'))
    done = subprocess.run([mailferry, 'parse', '--json', *files], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    mails = {pathlib.Path(mail['file']).stem: mail for mail in map(json.loads, done.stdout.decode('utf-8').splitlines())}
    wrong = []
    if done.returncode != 0 or len(mails) != len(files):
        wrong.append(f'exit status {done.returncode}, {len(mails)} of {len(files)} mails shown')
    for name, fields in EXPECTED.items():
        for field, expected in fields.items():
            value = seen(mails[name], field) if name in mails else 'the mail is missing'
            if not fits(expected, value, field):
                wrong.append(f'{name}.eml: {field}: expected {expected!r}, seen {value!r}')
    print('\n'.join(wrong) or f'{len(mails)} mails read, {len(EXPECTED)} of them as written')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
