"""OpenID Connect: authorization code with PKCE, against any issuer that has a discovery document."""

from __future__ import annotations

import hmac
import threading
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
from authlib.common.security import generate_token
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client

from resonance.accounts.ports import Departure, Identity
from resonance.core.errors import Unauthorized, Unavailable
from resonance.core.logs import logger

log = logger(__name__)
TIMEOUT_S = 10.0
KEPT_S = 3600.0
CLOCK_SKEW_S = 60
# Asymmetric ones only: with an HMAC the public key would be the secret.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcProvider:
    """One issuer. Its discovery document and keys are kept for an hour."""

    def __init__(self, issuer: str, client_id: str, client_secret: str | None, label: str) -> None:
        self.label = label
        self._issuer, self._client_id, self._client_secret = issuer, client_id, client_secret
        self._http = httpx.Client(timeout=TIMEOUT_S)
        self._lock = threading.Lock()
        self._found: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, dict[str, jwt.PyJWK]] | None = None

    def close(self) -> None:
        """Close connections."""
        self._http.close()

    def depart(self, redirect_uri: str) -> Departure:
        """Where to send the browser."""
        verifier, nonce = generate_token(64), generate_token(32)
        found = self._discovered()
        url, state = self._client(redirect_uri, found).create_authorization_url(
            found["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
        return Departure(url, state, nonce, verifier)

    def arrive(self, code: str, redirect_uri: str, departure: Departure) -> Identity:
        """Trade the code, check the ID token."""
        found = self._discovered()
        client = self._client(redirect_uri, found)
        try:
            tokens = client.fetch_token(found["token_endpoint"], code=code, code_verifier=departure.verifier)
        except httpx.HTTPError as fault:
            raise _unavailable() from fault
        except (OAuth2Error, ValueError) as fault:
            raise _failed("token endpoint refused the code") from fault
        id_token = tokens.get("id_token")
        if not isinstance(id_token, str):
            raise _failed("no id_token in the answer")
        claims = self._claims(id_token)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), departure.nonce.encode()):
            raise _failed("nonce differs")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self._client_id:
            raise _failed("meant for another client")
        wish = claims.get("preferred_username") or claims.get("name") or claims.get("email") or ""
        return Identity(str(claims["iss"]), str(claims["sub"]), str(wish).partition("@")[0])

    def _claims(self, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key(header.get("kid")),
                algorithms=_ALGORITHMS,
                audience=self._client_id,
                issuer=self._discovered()["issuer"],
                leeway=CLOCK_SKEW_S,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as fault:
            raise _failed(f"id_token: {fault}") from fault
        return claims

    def _key(self, key_id: str | None) -> jwt.PyJWK:
        with self._lock:
            kept = self._keys
        if kept is None or time.monotonic() - kept[0] > KEPT_S or (key_id and key_id not in kept[1]):
            kept = (time.monotonic(), _by_id(self._get(self._discovered()["jwks_uri"])))
            with self._lock:
                self._keys = kept
        keys = kept[1]
        if key_id is None and len(keys) == 1:
            return next(iter(keys.values()))
        if key_id is None or key_id not in keys:
            raise _failed("signed with an unknown key")
        return keys[key_id]

    def _discovered(self) -> dict[str, Any]:
        with self._lock:
            kept = self._found
        if kept is not None and time.monotonic() - kept[0] < KEPT_S:
            return kept[1]
        found = self._get(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self._issuer.rstrip("/"):
            log.error("oidc.other_issuer", wanted=self._issuer, found=found.get("issuer"))
            raise _unavailable()
        if any(urlsplit(str(found.get(name, ""))).scheme not in ("http", "https") for name in _ENDPOINTS):
            log.error("oidc.incomplete_discovery", issuer=self._issuer)
            raise _unavailable()
        with self._lock:
            self._found = (time.monotonic(), found)
        return found

    def _get(self, url: str) -> dict[str, Any]:
        try:
            answer = self._http.get(url, headers={"Accept": "application/json"})
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as fault:
            log.warning("oidc.unavailable", url=url, reason=str(fault))
            raise _unavailable() from fault
        if not isinstance(found, dict):
            raise _unavailable()
        return found

    def _client(self, redirect_uri: str, found: dict[str, Any]) -> Any:
        methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in methods
        method = "client_secret_basic" if basic else "client_secret_post"
        return OAuth2Client(
            _Session(self._http),
            client_id=self._client_id,
            client_secret=self._client_secret,
            token_endpoint_auth_method=method if self._client_secret else "none",
            scope="openid profile",
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )


class _Session:
    """What Authlib's protocol core asks of an HTTP library, over httpx."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def post(
        self, url: str, *, data: dict[str, str], headers: dict[str, str], auth: ClientAuth
    ) -> httpx.Response:
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._http.post(url, content=body, headers=headers)


def _by_id(jwks: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    found: dict[str, jwt.PyJWK] = {}
    for number, key in enumerate(jwks.get("keys", [])):
        if key.get("use", "sig") != "sig":
            continue
        try:
            found[str(key.get("kid", number))] = jwt.PyJWK(key)
        except jwt.PyJWTError:
            continue  # of a kind that we do not verify with
    return found


def _failed(reason: str) -> Unauthorized:
    log.warning("oidc.failed", reason=reason)
    return Unauthorized("That sign-in did not work. Try again.", code="oidc_failed")


def _unavailable() -> Unavailable:
    return Unavailable("oidc", "The sign-in service does not answer. Try again later.")
