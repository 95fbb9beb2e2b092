#!/usr/bin/env python3
"""Makes the manual page mailferry-policy(5) from the annotations of rules/schema/policy.xsd.

An option is explained in one place, the schema, where editors show the text too; so page and schema cannot drift
apart. The prose around the reference stands in mailferry-policy.5.md.in. The test `man_page` holds the page in the
repository against what this makes.

usage: make_policy_page.py [FILE]     to FILE, else to standard output; exit status 1 where something is undocumented
"""
import itertools
import pathlib
import re
import sys
import textwrap
from xml.etree import ElementTree

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA, TEMPLATE = HERE.parent / 'schema' / 'policy.xsd', HERE / 'mailferry-policy.5.md.in'
MADE = '<!-- Made by make_policy_page.py from rules/schema/policy.xsd and mailferry-policy.5.md.in: edit those. -->\n\n'
MARKER = '\n@ELEMENTS@\n'

XS = '{http://www.w3.org/2001/XMLSchema}'
DOCUMENTED = ('element', 'attribute', 'enumeration', 'simpleType', 'complexType')
PLAIN = ('simpleType switch', 'simpleType colour', 'simpleType days', 'simpleType reaction',
         'simpleType reaction-of-archive')  # types whose values need no explanation each
OCCURRENCE = {('1', '1'): 'required, once', ('0', '1'): 'optional, once', ('0', 'unbounded'): 'optional, any number',
              ('1', 'unbounded'): 'required, one or more'}


class Unfit(Exception):
    """Why no page can be made, a line each."""


def name_of(node):
    return node.get('name') or node.get('value') or node.get('ref') or ''


def kind_of(node):
    return node.tag.removeprefix(XS)


def documentation(node):
    """The paragraphs of its annotation, each on one line."""
    text = node.findtext(f'{XS}annotation/{XS}documentation', '')
    return [' '.join(paragraph.split()) for paragraph in re.split(r'\n\s*\n', text) if paragraph.strip()]


def markdown(text):
    """Plain text as markdown: <element> and name="value" become code, nothing else is markup."""
    parts = re.split(r'(<[\w-]+/?>|[\w-]+="[^"]*")', text)
    return ''.join(f'`{part}`' if i % 2 else re.sub(r'([\\`*|<\[])', r'\\\1', part) for i, part in enumerate(parts))


def filled(text, indent=''):
    return textwrap.fill(text, 110, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def listed(names):
    shown = [f'`<{name}>`' for name in names]
    return ' and '.join(filter(None, [', '.join(shown[:-1]), shown[-1]]))


def occurrence(element):
    return element.get('minOccurs', '1'), element.get('maxOccurs', '1')


class Reference:
    """The elements of a schema, each told once, in the order in which they stand below the root element."""

    def __init__(self, schema):
        self.schema = ElementTree.fromstring(schema)
        self.named = {(kind_of(node), name_of(node)): node for node in self.schema if kind_of(node) != 'element'}
        self.told = set()

    def text(self):
        roots = self.schema.findall(XS + 'element')
        sections = [section for root in roots for section in self.sections([root], [])]
        if faults := list(self.faults(self.schema, 'the schema')):
            raise Unfit('\n'.join(faults))
        return '\n\n'.join(sections)

    def faults(self, node, owner):
        """What has no documentation, and what the walk from the root element has not met."""
        for child in node:
            kind, name = kind_of(child), name_of(child)
            if kind == 'enumeration' and owner in PLAIN:
                continue
            if kind in DOCUMENTED and name and not documentation(child):
                yield f'{kind} {name} of {owner} has no xs:documentation'
            if kind in ('element', 'attribute') and child not in self.told:
                yield f'{kind} {name} of {owner} does not come into the page; teach make_policy_page.py to find it'
            yield from self.faults(child, f'{kind} {name}' if name else owner)

    def type_of(self, node):
        """Its own type or the named one; an empty one where the type is of XML Schema itself."""
        for kind in ('complexType', 'simpleType'):
            found = self.named.get((kind, node.get('type')), node.find(XS + kind))
            if found is not None:
                return found
        return ElementTree.Element(XS + 'simpleType')

    def declared(self, owner, kind):
        """The declarations of `kind` in a type, those of its attribute groups in their place."""
        for node in owner:
            if kind_of(node) == kind:
                self.told.add(node)
                yield node
            elif kind_of(node) == 'attributeGroup':
                yield from self.declared(self.named.get(('attributeGroup', name_of(node)), []), kind)
            elif kind_of(node) in ('all', 'sequence', 'choice'):
                yield from self.declared(node, kind)

    def sections(self, members, path):
        """`members` have one parent and one type, or there is one of them; `path` leads to them, outermost first."""
        self.told.update(members)
        kind = self.type_of(members[0])
        names = listed(map(name_of, members))
        children = list(self.declared(kind, 'element'))
        parts = [' in '.join(['### ' + names, *(path[:0:-1] or path)]), self.status(members, children, path)]
        parts += self.meaning_of_elements(members, kind)
        if attributes := list(self.declared(kind, 'attribute')):
            parts.append('\n'.join(['| attribute | default | meaning |', '|---|---|---|', *map(self.row, attributes)]))
        yield '\n\n'.join(part for part in parts if part)
        for _, group in itertools.groupby(children, lambda child: (child.get('type') or child, occurrence(child))):
            yield from self.sections(list(group), [*path, names])

    def status(self, members, children, path):
        least_and_most = occurrence(members[0])
        often = OCCURRENCE.get(least_and_most, '{} to {} times'.format(*least_and_most)) if path else 'the root element'
        sentences = [often] + ([f'holds {listed(map(name_of, children))}'] if children else [])
        if len(members) > 1:
            sentences = ['each ' + sentence for sentence in sentences]
        return filled(' '.join(f'{sentence[0].upper()}{sentence[1:]}.' for sentence in sentences))

    def meaning_of_elements(self, members, kind):
        of_type = documentation(kind)
        if len(members) > 1:
            items = [filled('* ' + self.item(member, '`<{}>`'), '  ') for member in members]
            return [*map(filled, map(markdown, of_type)), '\n'.join(items)]
        if kind_of(kind) == 'simpleType':
            return [filled(self.meaning(members[0]))]
        return [filled(markdown(paragraph)) for paragraph in documentation(members[0]) + of_type]

    def item(self, node, form='`{}`'):
        return f'{form.format(name_of(node))}: {markdown(" ".join(documentation(node)))}'

    def row(self, attribute):
        default = f"`{attribute.get('default')}`" if attribute.get('default') else 'none'
        if attribute.get('use') == 'required':
            default = 'required'
        return f'| `{name_of(attribute)}` | {default} | {self.meaning(attribute)} |'

    def meaning(self, node):
        """Its text and what its type says of the value: each value of a list, the form of any other."""
        kind = self.type_of(node)
        values = kind.findall(f'{XS}restriction/{XS}enumeration')
        text = ' '.join(documentation(node) + ([] if values else documentation(kind)))
        if any(map(documentation, values)):
            return ' '.join([markdown(text), *map(self.item, values)])
        if values and kind.get('name') != 'switch':
            return f"{markdown(text)} One of {', '.join(f'`{name_of(value)}`' for value in values)}."
        return markdown(text)


def make_page(schema, template):
    if template.count(MARKER) != 1:
        raise Unfit(f'mailferry-policy.5.md.in has {template.count(MARKER)} lines {MARKER.strip()}, not one')
    return MADE + template.replace(MARKER, f'\n{Reference(schema).text()}\n')


def main(file=None):
    try:
        page = make_page(SCHEMA.read_text('utf-8'), TEMPLATE.read_text('utf-8')).encode('utf-8')
    except Unfit as unfit:
        sys.exit(textwrap.indent(str(unfit), 'make_policy_page.py: '))
    if file is None:
        sys.stdout.buffer.write(page)
    else:
        pathlib.Path(file).write_bytes(page)


if __name__ == '__main__':
    if len(sys.argv) > 2 or sys.argv[1:2] in (['-h'], ['--help']):
        sys.exit(__doc__)
    main(*sys.argv[1:])
