"""Links that open a playlist without an account."""

from __future__ import annotations

from datetime import datetime

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.api.graphql.moments import as_ms
from resonance.model.lists import ShareItem

mirror(ShareItem, name="Share")


@strawberry.type
class ShareQueries:
    @field(description="Your links, the newest first.")
    def shares(self, info: Info) -> list[ShareItem]:
        return info.context.services.shares.mine(info.context.uow, info.context.caller)


@strawberry.type
class ShareMutations:
    @mutation(description="A link that opens a playlist without an account: <server>/share#<secret>.")
    def share_playlist(
        self,
        info: Info,
        id: strawberry.ID,
        label: str = "",
        plays: bool = True,
        expires_at: datetime | None = None,
        password: str | None = None,
    ) -> ShareItem:
        context = info.context
        context.caller.must_write()
        shares = context.services.shares
        hashed = shares.hashed(password)
        with context.write() as uow:
            return shares.create(
                uow,
                context.caller,
                playlist_id=id,
                label=label,
                plays=plays,
                expires_at=as_ms(expires_at),
                password_hash=hashed,
            )

    @mutation(description="What is left out stays; null takes the end or the password away.")
    def change_share(
        self,
        info: Info,
        id: strawberry.ID,
        label: str | None = None,
        plays: bool | None = None,
        expires_at: datetime | None = strawberry.UNSET,
        password: str | None = strawberry.UNSET,
    ) -> ShareItem:
        context = info.context
        context.caller.must_write()
        shares = context.services.shares
        hashed = shares.hashed(password or None)
        with context.write() as uow:
            return shares.change(
                uow,
                context.caller,
                id,
                label=label,
                plays=plays,
                expires_at=as_ms(expires_at or None),
                for_ever=expires_at is None,
                password_hash=hashed,
                without_password=password is None or password == "",
            )

    @mutation(description="The link opens nothing from now on.")
    def end_share(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            context.services.shares.end(uow, context.caller, id)
        return True
