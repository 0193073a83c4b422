"""The envelope around every answer: xml, json and jsonp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from starlette.responses import Response

from resonance import __version__
from resonance.api.subsonic import xml
from resonance.api.subsonic.faults import SubsonicFault
from resonance.api.subsonic.model import Fault

API_VERSION = "1.16.1"
SERVER_TYPE = "resonance"
# What apps call themselves that stop at an XML element they do not know. DSub is on Navidrome's list as well.
OLD_CLIENTS = frozenset({"Clementine", "DSub"})
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,3}", re.ASCII)
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class Fragment:
    """What stands inside the envelope: an element name and its value, encoded when asked for.

    `value` is a struct or a list of structs. Keep a fragment to send the same bytes again.
    """

    name: str
    value: Any

    @cached_property
    def json(self) -> bytes:
        """The value as JSON, without the name."""
        return _ENCODER.encode(self.value)

    @cached_property
    def xml(self) -> bytes:
        """The value as XML elements of that name."""
        return xml.element(self.name, self.value).encode("utf-8", "replace")

    @property
    def plain_xml(self) -> bytes:
        """The same without OpenSubsonic's elements."""
        return xml.element(self.name, self.value, plain=True).encode("utf-8", "replace")


class Composite(Fragment):
    """A struct with one list in it whose items are fragments of their own, encoded once and kept.

    `value` is the struct without that list, all scalars; `items` share one name, which is the list's.
    """

    def __init__(self, name: str, value: msgspec.Struct, list_name: str, items: Sequence[Fragment]) -> None:
        super().__init__(name, value)
        self.__dict__.update(list_name=list_name, items=items)

    list_name: str
    items: Sequence[Fragment]

    @cached_property
    def json(self) -> bytes:
        """The struct and its list as JSON."""
        inner = b",".join([item.json for item in self.items])
        return b'%s,"%s":[%s]}' % (_ENCODER.encode(self.value)[:-1], self.list_name.encode(), inner)

    @cached_property
    def xml(self) -> bytes:
        """The struct with its list as child elements."""
        head = xml.element(self.name, self.value).encode("utf-8", "replace").removesuffix(b"/>")
        inner = b"".join([item.xml for item in self.items])
        return b"%s>%s</%s>" % (head, inner, self.name.encode())

    @property
    def plain_xml(self) -> bytes:
        """As `xml`: artist indexes have no elements of OpenSubsonic's."""
        return self.xml


@dataclass(frozen=True, slots=True)
class Format:
    """How the client wants its answer.

    `callback` is set for jsonp only and already validated. `plain` is for apps that read Subsonic's XML and
    nothing beyond it.
    """

    kind: str
    callback: str | None = None
    plain: bool = False

    @property
    def is_xml(self) -> bool:
        """Whether the answer is XML, which also stands for every unknown format."""
        return self.kind == "xml"


def wanted(kind: str | None, callback: str | None, client: str | None = None) -> Format:
    """The format that `f`, `callback` and `c` ask for. jsonp with an unusable callback means json."""
    if kind == "jsonp" and callback is not None and _CALLBACK.fullmatch(callback):
        return Format("jsonp", callback)
    return Format("json") if kind in ("json", "jsonp") else Format("xml", plain=client in OLD_CLIENTS)


def ok(form: Format, fragment: Fragment | None) -> Response:
    """A successful answer."""
    if form.is_xml:
        if fragment is None:
            return _xml("ok", b"")
        return _xml("ok", fragment.plain_xml if form.plain else fragment.xml)
    return _json(form, "ok", fragment)


def failed(form: Format, fault: SubsonicFault) -> Response:
    """A failed answer. The HTTP status stays 200 unless the fault says otherwise."""
    fragment = Fragment("error", Fault(code=int(fault.code), message=fault.message))
    answer = _xml("failed", fragment.xml) if form.is_xml else _json(form, "failed", fragment)
    answer.status_code = fault.http_status
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _xml(status: str, inner: bytes) -> Response:
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<subsonic-response xmlns="http://subsonic.org/restapi" '
        f'status="{status}" version="{API_VERSION}" type="{SERVER_TYPE}" serverVersion="{__version__}" '
        f'openSubsonic="true"'
    ).encode()
    body = b"%s>%s</subsonic-response>" % (head, inner) if inner else head + b"/>"
    return Response(body, media_type="application/xml")


def _json(form: Format, status: str, fragment: Fragment | None) -> Response:
    head = (
        f'{{"subsonic-response":{{"status":"{status}","version":"{API_VERSION}","type":"{SERVER_TYPE}",'
        f'"serverVersion":"{__version__}","openSubsonic":true'
    ).encode()
    inner = b"" if fragment is None else b',"%s":%s' % (fragment.name.encode(), fragment.json)
    body = b"%s%s}}" % (head, inner)
    if form.callback is None:
        return Response(body, media_type="application/json")
    # The comment keeps the bytes from being taken for another file type; U+2028 and U+2029 end JS lines.
    safe = body.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    script = b"/**/%s(%s);" % (form.callback.encode(), safe)
    return Response(script, media_type="application/javascript")
