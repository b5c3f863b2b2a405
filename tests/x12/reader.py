"""Reads a list of messages from standard input, and writes for each what pyx12's X12Reader finds."""

import io
import json
import sys

from pyx12.x12file import X12Reader


def faults(message):
    reader = X12Reader(io.StringIO(message))
    found = []
    for _ in reader:
        found += reader.pop_errors()
    reader.cleanup()
    found += reader.pop_errors()
    return [" ".join(str(part) for part in fault[:3]) for fault in found]


json.dump([faults(message) for message in json.load(sys.stdin)], sys.stdout)
