#!/usr/bin/env python3
"""Makes one picture (SVG) of what the soak has measured: mails, memory, sockets, faults over the time.

Readable on a light and on a dark page. Usage: plot.py samples.csv > soak.svg
"""
import csv
import sys
from html import escape

WIDTH, LEFT, RIGHT, TOP = 860, 64, 16, 34
PANEL, GAP, BOTTOM = 104, 44, 34
STYLE = '''
  text { font: 12px sans-serif; fill: #24292f; } .small { fill: #57606a; } .title { font-weight: bold; }
  .grid { stroke: #d0d7de; stroke-width: 1; } .line { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
  .a { stroke: #0969da; } .b { stroke: #bc4c00; } .bar { fill: #8250df; } .fa { fill: #0969da; } .fb { fill: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small { fill: #9198a1; } .grid { stroke: #3d444d; }
    .a { stroke: #4493f8; } .b { stroke: #f0883e; } .bar { fill: #ab7df8; } .fa { fill: #4493f8; } .fb { fill: #f0883e; }
  }
'''
FAULTS = ('cut', 'busy', 'login', 'subscription', 'stream', 'slow', 'away')


def read(path):
    with open(path, newline='', encoding='utf-8') as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    if len(rows) < 2:
        raise SystemExit(f'{path}: too few samples')
    return rows


def rounded(top):
    """A round number not below `top` that has four steps."""
    step = 1
    while True:
        for factor in (1, 2, 2.5, 5):
            if step * factor * 4 >= top and (step * factor) % 1 == 0:
                return int(step * factor * 4)
        step *= 10


def differences(rows, names, window):
    """What came in each window of so many seconds: pairs of its middle and the count."""
    pairs, begin, before = [], 0.0, 0.0
    last = before
    for row in rows:
        last = sum(row[name] for name in names)
        if row['second'] >= begin + window:
            pairs.append((begin + window / 2, last - before))
            begin, before = begin + window, last
    return pairs


class Picture:
    def __init__(self, seconds, title):
        self.seconds, self.height, self.parts = seconds, TOP, []
        self.text(LEFT, 18, title, 'title')

    def x(self, second):
        return LEFT + (WIDTH - LEFT - RIGHT) * second / self.seconds

    def text(self, x, y, text, style='', anchor='start'):
        self.parts.append(f'<text x="{x:.0f}" y="{y:.0f}" class="{style}" text-anchor="{anchor}">{escape(text)}</text>')

    def panel(self, title, top, draw):
        """`draw` gets the function from a value to its height on the page, and the place of the zero line."""
        upper, lower = self.height + 18, self.height + 18 + PANEL
        self.parts.append(f'<text x="{LEFT}" y="{self.height + 10}">{title}</text>')
        top = rounded(top)
        for step in range(5):
            y = lower - PANEL * step / 4
            self.parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            if step % 2 == 0:
                self.text(LEFT - 6, y + 4, f'{top * step // 4:,}', 'small', 'end')
        draw(lambda value: lower - PANEL * min(value, top) / top, lower)
        self.height = upper + PANEL + GAP - 18

    def line(self, pairs, y, style):
        points = ' '.join(f'{self.x(second):.1f},{y(value):.1f}' for second, value in pairs)
        self.parts.append(f'<polyline class="line {style}" points="{points}"/>')

    def axis(self):
        y, minutes = self.height - GAP + 36, self.seconds / 60
        step = next((one for one in (1, 2, 5, 10, 20, 60) if minutes / one <= 8), 120)
        for minute in range(0, int(minutes) + 1, step):
            self.text(self.x(minute * 60), y, f'{minute} min', 'small', 'middle')
        self.height = y - 20 + BOTTOM

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height:.0f}" width="{WIDTH}">'
                f'<style>{STYLE}</style>\n' + '\n'.join(self.parts) + '\n</svg>\n')


def thinned(rows, name, most=900):
    """Of each stretch the greatest value, so that no peak is lost."""
    length = max(1, -(-len(rows) // most))
    for at in range(0, len(rows), length):
        part = rows[at:at + length]
        yield part[0]['second'], max(row[name] for row in part)


def draw(rows):
    end, window = rows[-1], 10
    picture = Picture(end['second'], f"{end['done']:,.0f} mails under {sum(end[name] for name in FAULTS):,.0f} faults")
    filed = [(second, count / window) for second, count in differences(rows, ['done'], window)]

    def both(key, other):
        return f'<tspan class="{key[0]}">{key[1]}</tspan>, <tspan class="{other[0]}">{other[1]}</tspan>'

    picture.panel('mails done a second', max(value for _, value in filed),
                  lambda y, zero: picture.line(filed, y, 'a'))
    backlog, slowest = list(thinned(rows, 'backlog')), end['second']
    picture.panel('mails that wait', max(value for _, value in backlog), lambda y, zero: picture.line(backlog, y, 'b'))
    memory = list(thinned(rows, 'rss_mb'))
    picture.panel('memory of the agent (RSS), MB', max(value for _, value in memory) * 1.2,
                  lambda y, zero: picture.line(memory, y, 'a'))
    sockets, threads = list(thinned(rows, 'sockets')), list(thinned(rows, 'threads'))

    def draw_sockets(y, zero):
        picture.line(sockets, y, 'a')
        picture.line(threads, y, 'b')

    picture.panel(both(('fa', 'sockets'), ('fb', 'threads')), max(value for _, value in sockets), draw_sockets)
    minute = 60 if slowest > 300 else 10
    faults = differences(rows, FAULTS, minute)

    def draw_bars(y, zero):
        width = max(1.0, picture.x(minute) - picture.x(0) - 1)
        for second, count in faults:
            picture.parts.append(f'<rect class="bar" x="{picture.x(second - minute / 2):.1f}" y="{y(count):.1f}" '
                                 f'width="{width:.1f}" height="{zero - y(count):.1f}"/>')

    picture.panel('faults a minute' if minute == 60 else 'faults in ten seconds',
                  max(count for _, count in faults), draw_bars)
    picture.axis()
    return picture.svg()


if __name__ == '__main__':
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.stdout.write(draw(read(sys.argv[1])))
