"""Holds files to JSON Schemas with tools that know nothing of Rulebook.

Reads {"schemas": {NAME: SCHEMA}, "files": [{"name", "schema", "yaml" or "json"}], "check": whether to hold the schemas
themselves to the draft's own, which takes long} from standard input and writes, for each file, {"name", "faults": [TEXT]}, or {"name", "unread": TEXT} for what is no YAML or JSON at all.
"""

import json
import re
import sys

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

# The core schema of YAML 1.2 (10.3.2). ruamel.yaml also makes dates and numbers with underscores, as YAML 1.1 did.
CORE = [
    (re.compile(r"(?:null|Null|NULL|~|)\Z"), lambda text: None),
    (re.compile(r"(?:true|True|TRUE)\Z"), lambda text: True),
    (re.compile(r"(?:false|False|FALSE)\Z"), lambda text: False),
    (re.compile(r"[-+]?[0-9]+\Z"), int),
    (re.compile(r"0o[0-7]+\Z"), lambda text: int(text[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]+\Z"), lambda text: int(text[2:], 16)),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"), float),
]


def value(node):
    if isinstance(node, ScalarNode):
        if node.style is None:
            for pattern, read in CORE:
                if pattern.match(node.value):
                    return read(node.value)
        return node.value
    if isinstance(node, MappingNode):
        found = {}
        for key, item in node.value:
            if not isinstance(key, ScalarNode) or key.value in found:
                raise YAMLError(f"a key that is no text or stands twice: {key.value}")
            # editors take keys as they are written
            found[key.value] = value(item)
        return found
    return [value(item) for item in node.value]


def read(file):
    if "json" in file:
        return json.loads(file["json"])
    node = YAML(typ="safe", pure=True).compose(file["yaml"])
    return None if node is None else value(node)


def main():
    sent = json.load(sys.stdin)
    validators = {}
    for name, schema in sent["schemas"].items():
        if sent["check"]:
            Draft202012Validator.check_schema(schema)
        validators[name] = Draft202012Validator(schema)
    for file in sent["files"]:
        answer = {"name": file["name"]}
        try:
            faults = validators[file["schema"]].iter_errors(read(file))
            answer["faults"] = [f"{fault.json_path}: {fault.message[:300]}" for fault in faults]
        except (YAMLError, ValueError) as error:
            answer["unread"] = str(error)
        print(json.dumps(answer))


main()
