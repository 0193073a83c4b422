"""People, their devices and their secrets. No secret is stored in clear."""

from __future__ import annotations

from sqlalchemy import Table

from resonance.db.tables.base import big, flag, key, metadata, ref, string

user = Table(
    "user_account",
    metadata,
    key(),
    string("name"),
    string("name_folded", unique=True),
    string("role"),
    string("password_hash", null=True),  # argon2id; null for accounts that only sign in by OIDC
    string("preferences", server_default="{}"),  # a JSON object the web player owns
    flag("all_libraries", default=True),
    big("created_at"),
    big("disabled_at", null=True),
    big("password_changed_at", null=True),
)

library_access = Table(
    "library_access",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    ref("library_id", "library", primary_key=True),
)

oidc_identity = Table(
    "oidc_identity",
    metadata,
    string("issuer", primary_key=True),
    string("subject", primary_key=True),
    ref("user_id", "user_account", index=True),
    big("created_at"),
)

session = Table(
    "session",
    metadata,
    key(),
    ref("user_id", "user_account", index=True),
    string("device_name"),
    string("client"),  # "web", or the user agent of an API client
    big("created_at"),
    big("last_seen_at"),
    big("expires_at"),
    big("revoked_at", null=True),
    string("revoked_why", null=True),
)

# One row per refresh token ever issued in a session, so that later reuse of an old one is recognised.
refresh_token = Table(
    "refresh_token",
    metadata,
    string("token_hash", primary_key=True),  # sha256 of the token
    ref("session_id", "session", index=True),
    big("issued_at"),
    big("replaced_at", null=True),
)

app_password = Table(
    "app_password",
    metadata,
    key(),
    ref("user_id", "user_account", index=True),
    string("label"),
    string("secret_encrypted"),  # AES-GCM: Subsonic's md5 token needs the clear text back
    big("created_at"),
    big("last_used_at", null=True),
    string("last_client", null=True),
)

api_key = Table(
    "api_key",
    metadata,
    key(),
    ref("user_id", "user_account", index=True),
    string("label"),
    string("key_hash", unique=True),  # sha256: the key itself has 128 random bits
    string("key_hint"),  # its last four characters
    big("created_at"),
    big("last_used_at", null=True),
)

invitation = Table(
    "invitation",
    metadata,
    key(),
    string("code_hash", unique=True),
    string("role"),
    ref("created_by", "user_account"),
    big("created_at"),
    big("expires_at"),
    ref("used_by", "user_account", null=True, cascade=False),
    big("used_at", null=True),
)

# Server-wide switches set in the browser, such as "sign_up" = closed | invitation | open.
server_setting = Table(
    "server_setting",
    metadata,
    string("name", primary_key=True),
    string("value"),
)
