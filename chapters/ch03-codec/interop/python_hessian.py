"""python-hessian reads what we wrote and says whether it is what we meant. It writes Hessian 1 only, so that is all.

One JSON object a line, in and out; interop/README.md describes them.
"""

import calendar
import io
import json
import struct
import sys

from pyhessian.parser import Parser


def decode(data):
    """The value in data. The parser wants a whole reply, and begins to read the value after its head."""
    return Parser().parse_stream(io.BytesIO(b"H\x02\x00R" + data)).value


class Comparison:
    """Compares a value that was read with what it should be; raises at the first difference."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.seen = {}  # number of a node -> what it has been read as

    def same(self, expected, got, where):
        def check(condition):
            assert condition, f"{where}: expected {str(expected)[:60]}, got {str(got)[:60]!r}"

        if expected is None or isinstance(expected, bool):
            return check(got is expected)
        ((kind, value),) = expected.items()
        if kind == "int":
            check(type(got) is int and got == int(value))
        elif kind == "long":
            check(type(got).__name__ == "long" and got == int(value))
        elif kind == "double":
            check(isinstance(got, float) and struct.pack(">d", got).hex() == value)
        elif kind == "date":
            ms = calendar.timegm(got.timetuple()) * 1000 + round(got.microsecond / 1000)
            check(ms == int(value))
        elif kind == "text":
            check(got == value)
        elif kind == "binary":
            check(got.value.hex() == value)
        else:
            self.node(value, got, where)

    def node(self, number, got, where):
        if number in self.seen:
            assert self.seen[number] is got, f"{where}: node {number} is not the same as before"
            return
        self.seen[number] = got
        node = self.nodes[number]
        if "list" in node:
            assert isinstance(got, (list, tuple)), f"{where}: expected a list, got {got!r}"
            assert len(got) == len(node["list"]), f"{where}: {len(got)} elements"
            for index, element in enumerate(node["list"]):
                self.same(element, got[index], f"{where}[{index}]")
        elif "map" in node:
            assert isinstance(got, dict), f"{where}: expected a map, got {got!r}"
            assert len(got) == len(node["map"]), f"{where}: {len(got)} entries"
            for key, value in node["map"]:
                self.same(value, got[key["text"]], f"{where}[{key['text'][:20]}]")
        else:
            fields = got.__getstate__()
            assert list(fields) == node["fields"], f"{where}: fields {list(fields)}"
            for field, value in zip(node["fields"], node["object"]):
                self.same(value, fields[field], f"{where}.{field}")


sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    case = json.loads(line)
    answer = {"name": case["name"]}
    try:
        Comparison(case["nodes"]).same(case["root"], decode(bytes.fromhex(case["hex"])), "root")
    except Exception as error:  # Whatever it is: the other side counts and judges.
        answer["fault"] = f"{type(error).__name__}: {error}"
    print(json.dumps(answer))
