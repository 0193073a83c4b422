"""As much of XML Schema as Subsonic's schema uses, read from that schema.

OpenSubsonic adds attributes and elements that the schema of 2016 does not know: what it does not name is
left alone, what it names must be right (required attributes, types, which elements may stand where).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, parse

XS = "{http://www.w3.org/2001/XMLSchema}"
SUB = "{http://subsonic.org/restapi}"
BEYOND_SUBSONIC = {
    *("getOpenSubsonicExtensions", "getLyricsBySongId", "getPlayQueueByIndex", "tokenInfo"),
    *("getSonicSimilarTracks", "findSonicPath"),
}
_WRONG_THERE = {("sub:PlayQueue", "current")}  # an integer there, although ids are text everywhere else
_SIMPLE = {
    "xs:string": r"(?s).*",
    "xs:int": r"[+-]?\d{1,10}",
    "xs:long": r"[+-]?\d{1,19}",
    "xs:boolean": r"true|false|0|1",
    "xs:float": r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?",
    "xs:double": r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?",
    "xs:dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "sub:UserRating": r"[1-5]",
    "sub:AverageRating": r"[1-5](\.\d+)?",
    "sub:MediaType": r"music|podcast|audiobook|video",
    "sub:ResponseStatus": r"ok|failed",
    "sub:Version": r"\d+\.\d+\.\d+",
    "sub:PodcastStatus": r"\w+",
}


@dataclass
class Type:
    required: set[str] = field(default_factory=set)
    attributes: dict[str, str] = field(default_factory=dict)
    children: dict[str, tuple[str, bool]] = field(default_factory=dict)  # type, may repeat
    order: list[str] = field(default_factory=list)


class Schema:
    def __init__(self, root: Element) -> None:
        self._types: dict[str, Type] = {}
        self._nodes = {node.get("name", ""): node for node in root.findall(f"{XS}complexType")}

    def faults(self, root: Element) -> list[str]:
        assert root.tag == f"{SUB}subsonic-response"
        return list(self._check(root, "sub:Response", "subsonic-response"))

    def _check(self, node: Element, type_name: str, where: str) -> list[str]:
        if type_name in _SIMPLE:
            fine = re.fullmatch(_SIMPLE[type_name], node.text or "")
            return [] if fine else [f"{where}: {node.text!r} is no {type_name}"]
        kind = self._type(type_name.removeprefix("sub:"))
        found = [f"{where}: lacks {name}" for name in sorted(kind.required - set(node.attrib))]
        for name, value in node.attrib.items():
            if (type_name, name) in _WRONG_THERE:
                continue
            if name in kind.attributes and not re.fullmatch(_SIMPLE[kind.attributes[name]], value):
                found.append(f"{where}@{name}: {value!r} is no {kind.attributes[name]}")
        seen: list[str] = []
        for child in node:
            name = child.tag.removeprefix(SUB)
            if not child.tag.startswith(SUB):
                found.append(f"{where}: {child.tag} is in no namespace")
            if name in kind.children:
                child_type, repeats = kind.children[name]
                if name in seen and not repeats:
                    found.append(f"{where}: second {name}")
                seen.append(name)
                found += self._check(child, child_type, f"{where}/{name}")
        places = [kind.order.index(name) for name in seen]
        if places != sorted(places):
            found.append(f"{where}: {seen} stand in the wrong order")
        return found

    def _type(self, name: str) -> Type:
        if name not in self._types:
            self._types[name] = self._read(self._nodes[name])
        return self._types[name]

    def _read(self, node: Element) -> Type:
        base = node.find(f".//{XS}extension")
        kind = Type()
        if base is not None:
            parent = self._type((base.get("base") or "").removeprefix("sub:"))
            kind = Type(
                set(parent.required), dict(parent.attributes), dict(parent.children), list(parent.order)
            )
        for attribute in node.iter(f"{XS}attribute"):
            kind.attributes[attribute.get("name", "")] = attribute.get("type", "xs:string")
            if attribute.get("use") == "required":
                kind.required.add(attribute.get("name", ""))
        for element in node.iter(f"{XS}element"):
            name = element.get("name", "")
            kind.children[name] = (element.get("type", "xs:string"), element.get("maxOccurs") == "unbounded")
            kind.order.append(name)
        return kind


@functools.cache
def load(path: Path) -> Schema:
    return Schema(parse(path).getroot())
