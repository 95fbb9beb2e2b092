#!/usr/bin/env python3
"""Names every statement that mixes co_await with `?:`, a brace initialiser or a lambda literal.

g++ 12 destroys the temporaries of such statements twice, so the house rule is: one co_await a statement, its
operands are names (CONTRIBUTING.md, "Coroutines"). The reader below knows just enough C++ to tell a statement
from a block: brackets, lambda introducers and what may stand before the brace of a block.

Usage: coroutines.py FILE-OR-FOLDER...    Exit status 1 where something was found, 2 where there was nothing to read.
"""
import pathlib
import re
import sys

TOKEN = re.compile(r'''
    (?P<skip> //[^\n]* | /\*.*?\*/ | ^[ \t]*\#(?:\\\n|[^\n])* | \s+ )
  | (?P<text> R"(?P<mark>[^()\s\\]*)\(.*?\)(?P=mark)" | "(?:\\.|[^"\\\n])*" | (?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+' )
  | (?P<word> [A-Za-z_]\w* | \d[\w.']* )
  | (?P<sign> -> | :: | && | \[\[ | \]\] | . )''', re.X | re.S | re.M)
CLOSES = {'(': ')', '[': ']', '{': '}', '[[': ']]'}
BEFORE_BLOCK = {'', ')', ';', '{', '}', ':', 'else', 'do', 'try', 'const', 'noexcept', 'override', 'final', 'mutable'}
BLOCK_NAMES = {'namespace', 'class', 'struct', 'union', 'enum', 'extern', 'concept', 'requires'}


class Statement:
    """What has been read of one statement; `open` holds the brackets that are not closed yet."""

    def __init__(self):
        self.words, self.open, self.faults, self.awaits, self.lambda_at = [], [], set(), 0, None

    def last(self, back=1):
        return self.words[-back] if len(self.words) >= back else ''

    def begins_lambda(self):
        if self.last() in ('auto', ')', ']') or (self.last() in ('&', '&&') and self.last(2) == 'auto'):
            return False  # structured binding, subscript
        return not re.fullmatch(r'\w+|"', self.last()) or self.last() in ('return', 'co_return', 'co_await', 'co_yield')

    def begins_block(self):
        if self.open:
            return self.open == ['('] and self.last() == ')'
        if self.last() in BEFORE_BLOCK or (self.words and self.words[0] == 'case' and self.last() == ':'):
            return True
        if {'=', 'return', 'co_return', 'co_await'} & set(self.words):
            return False
        return '->' in self.words or bool(BLOCK_NAMES & set(self.words))


def tokens(text):
    line = 1
    for match in TOKEN.finditer(text):
        if match['skip'] is None:
            yield line, '"' if match['text'] else match.group()
        line += match.group().count('\n')


def faults(text):
    """(line of the co_await, what stands beside it), statement by statement."""
    stack, found = [Statement()], []

    def end():
        done = stack[-1]
        if done.awaits and done.faults:
            found.append((done.awaits, ' and '.join(sorted(done.faults))))
        stack[-1] = Statement()

    for line, token in tokens(text):
        now = stack[-1]
        if token == ';' and '{' not in now.open:
            end()
            stack[-1].open = [bracket for bracket in now.open if bracket == '(']  # for (…; …; …)
            continue
        if token == 'co_await' and not now.awaits:
            now.awaits = line
        elif token == '?':
            now.faults.add('"?:"')
        elif token == '[' and now.begins_lambda():
            now.faults.add('a lambda literal')
            now.lambda_at = len(now.open)
        elif token == '{':
            if now.lambda_at == len(now.open):
                now.lambda_at = None
                stack.append(Statement())  # the body; the statement goes on behind it
                continue
            if now.begins_block():
                end()
                stack.append(Statement())
                continue
            now.faults.add('braces')
        elif token == '}' and '{' not in now.open:
            end()
            if len(stack) > 1:
                stack.pop()
            stack[-1].words.append('}')
            continue
        if token in CLOSES:
            now.open.append(token)
        elif now.open and token == CLOSES[now.open[-1]]:
            now.open.pop()
        now.words.append(token)
    end()
    return found


def main(arguments):
    paths = []
    for argument in map(pathlib.Path, arguments):
        paths += sorted(p for p in argument.rglob('*') if p.suffix in ('.cpp', '.hpp')) if argument.is_dir() else [argument]
    if not paths:
        print('coroutines: no source file found', file=sys.stderr)
        return 2
    status = 0
    for path in paths:
        for line, what in sorted(faults(path.read_text(encoding='utf-8'))):
            print(f'{path}:{line}: co_await beside {what}: name the operand in a statement of its own')
            status = 1
    return status


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
