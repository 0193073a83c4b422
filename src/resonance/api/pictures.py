"""Pictures as answers, with the headers that let browsers keep them."""

from __future__ import annotations

from fastapi import Request, Response

from resonance.library.artwork import Picture

FOR_EVER = "private, max-age=31536000, immutable"  # private: who may see it is checked at each request
REVALIDATED = "private, no-cache"


def picture_answer(request: Request, picture: Picture, keep: str) -> Response:
    """The picture, or 304 when the client has it. HEAD has the same headers without bytes."""
    tag = f'"{picture.tag}"'
    headers = {"ETag": tag, "Cache-Control": keep}
    given = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in given or "*" in given:
        return Response(status_code=304, headers=headers)
    return Response(
        b"" if request.method == "HEAD" else picture.data,
        media_type=picture.media_type,
        headers={**headers, "Content-Length": str(len(picture.data))},
    )
