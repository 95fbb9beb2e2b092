#!/usr/bin/env python3
"""Holds the manual page mailferry-policy(5) against what it is made from, and against a policy with every option.

usage: man_page_check.py ROOT     names every difference; exit status 1 where there is one. ROOT: of the project
"""
import difflib
import itertools
import pathlib
import re
import sys
from xml.etree import ElementTree

PAGE, FULL = 'rules/man/mailferry-policy.5.md', 'samples/policies/full.xml'
REMEDY = f'mend it with: rules/man/make_policy_page.py {PAGE}'

SNIPPET = '''<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="pace">
    <xs:annotation><xs:documentation>How fast.</xs:documentation></xs:annotation>
    <xs:restriction base="xs:token">
      <xs:enumeration value="slow">
        <xs:annotation><xs:documentation>Like a snail.</xs:documentation></xs:annotation>
      </xs:enumeration>
    </xs:restriction>
  </xs:simpleType>
  <xs:element name="ferry">
    <xs:annotation><xs:documentation>It crosses the river.</xs:documentation></xs:annotation>
    <xs:complexType>
      <xs:attribute name="speed" type="pace" default="slow">
        <xs:annotation><xs:documentation>Of the ferry.</xs:documentation></xs:annotation>
      </xs:attribute>
    </xs:complexType>
  </xs:element>
</xs:schema>'''

# What is replaced in the snippet, by what, and what has to be said then.
PLANTED = [
    ('Of the ferry.', '', 'attribute speed of element ferry has no xs:documentation'),
    ('It crosses the river.', '', 'element ferry of the schema has no xs:documentation'),
    ('Like a snail.', '', 'enumeration slow of simpleType pace has no xs:documentation'),
    ('How fast.', '', 'simpleType pace of the schema has no xs:documentation'),
    ('xs:complexType>', 'xs:unknown>', 'attribute speed of element ferry does not come into the page'),
]


def difference(page, made):
    lines = page.split('\n'), made.split('\n')
    return '\n'.join(difflib.unified_diff(*lines, 'the page', 'what is made', lineterm='', n=1))


def options(page):
    """(element, the one it stands in or '', attribute or '') as the headings and tables have them."""
    found = set()
    for section in re.split(r'^### ', page, flags=re.M)[1:]:
        heading, _, text = section.partition('\n')
        names, *path = [re.findall(r'`<([\w-]+)>`', part) for part in heading.split(' in ')]
        parents = path[0] if path else ['']
        attributes = re.findall(r'^\| `([\w-]+)` \|', text.split('\n## ')[0], flags=re.M)
        found |= set(itertools.product(names, parents, ['', *attributes]))
    return found


def missing(policy, page):
    """The options of a policy file that the page does not have."""
    documented, lacking = options(page), []

    def look(element, parent):
        name = element.tag.partition('}')[2]
        for attribute in ['', *element.attrib]:
            if (name, parent, attribute) not in documented:
                place = f' in <{parent}>' if parent else ''
                lacking.append(f'no {attribute}{" of " if attribute else ""}<{name}>{place}')
        for child in element:
            look(child, name)

    look(ElementTree.fromstring(policy), '')
    return lacking


def self_test(maker):
    """What the checks above let pass although it is wrong."""
    page = maker.make_page(SNIPPET, 'before\n@ELEMENTS@\nafter\n')
    for part in ['### `<ferry>`\n', '| `speed` | `slow` | Of the ferry. `slow`: Like a snail. |\n', '\nafter\n']:
        if part not in page:
            yield f'a page of a small schema lacks {part!r}:\n{page}'
    for old, new, words in PLANTED:
        try:
            maker.make_page(SNIPPET.replace(old, new), '\n@ELEMENTS@\n')
            yield f'a schema passed where it had to be said: {words}'
        except maker.Unfit as unfit:
            if words not in str(unfit):
                yield f'of a schema it was said {str(unfit)!r} instead of {words!r}'
    if not difference(page, page.replace('Like', 'As')):
        yield 'a page that is out of date passed'
    policy = '<ferry xmlns="urn:x" speed="slow" colour="red"><deck/></ferry>'
    if missing(policy, page) != ['no colour of <ferry>', 'no <deck> in <ferry>']:
        yield 'a policy with an option that the page does not have passed'


def main(root):
    root = pathlib.Path(root)
    sys.path.insert(0, str(root / 'rules' / 'man'))
    sys.dont_write_bytecode = True
    import make_policy_page as maker

    wrong = list(self_test(maker))
    page = (root / PAGE).read_text('utf-8')
    try:
        made = maker.make_page(maker.SCHEMA.read_text('utf-8'), maker.TEMPLATE.read_text('utf-8'))
        if changes := difference(page, made):
            wrong.append(f'{PAGE} is not what is made from schema and template; {REMEDY}\n{changes}')
    except maker.Unfit as unfit:
        wrong.append(f'no page can be made: {unfit}')
    wrong += [f'{PAGE} lacks what {FULL} has: {fault}' for fault in missing((root / FULL).read_text('utf-8'), page)]
    said = '\n'.join(wrong) or f'{PAGE} is as it is made, and tells {len(options(page))} elements and attributes'
    sys.stdout.buffer.write(f'{said}\n'.encode('utf-8'))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
