"""An OpenID Connect issuer on loopback: real HTTP, real RS256, real PKCE. `twist` makes it lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "resonance", "s3cret/with:odd&signs"


class Issuer:
    """Somebody is always signed in here: `subject` and `name`."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.subject, self.name = "sub-1", "Olga"
        self.twist = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.rotate()

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = secrets.token_hex(4)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": "http://somebody.else" if self.twist == "other issuer" else self.url,
            "authorization_endpoint": f"{self.url}/authorize?theme=dark",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
        }

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": self.key_id, "use": "sig", "alg": "RS256"}, {"kty": "unknown"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert query["client_id"] == CLIENT_ID and query["response_type"] == "code", query
        assert query["code_challenge_method"] == "S256" and "openid" in query["scope"].split(), query
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """(status, answer) of the token endpoint."""
        user, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote(user), unquote(secret)) not in ((CLIENT_ID, CLIENT_SECRET),):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}
        if self.twist == "no id_token":
            del answer["id_token"]
        return 200, answer

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.url,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "preferred_username": self.name,
        }
        changes: dict[str, dict[str, Any]] = {
            "expired": {"exp": now - 300},
            "other nonce": {"nonce": "x"},
            "other audience": {"aud": "somebody"},
            "several audiences": {"aud": [CLIENT_ID, "somebody"]},
            "other party": {"azp": "somebody"},
            "other iss": {"iss": "http://somebody.else"},
        }
        claims |= changes.get(self.twist, {})
        key: Any = self.key
        algorithm = "RS256"
        if self.twist == "other key":
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if self.twist == "hmac":
            key, algorithm = CLIENT_SECRET.ljust(32), "HS256"
        if self.twist == "none":
            key, algorithm = None, "none"
        if self.twist == "no subject":
            del claims["sub"]
        return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": self.key_id})


@contextmanager
def running() -> Iterator[Issuer]:
    """An issuer on a free port of loopback, until the end of the `with`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            issuer.asked.append(parts.path)
            if issuer.twist == "down":
                self._json(503, {"error": "down"})
            elif parts.path == "/.well-known/openid-configuration":
                self._json(200, issuer.discovery())
            elif parts.path == "/jwks":
                self._json(200, issuer.jwks())
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", issuer.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self._json(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            issuer.asked.append(self.path)
            self._json(*issuer.token(form, self.headers.get("Authorization", "")))

        def _json(self, status: int, answer: dict[str, Any]) -> None:
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    issuer = Issuer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
