"""Encoder runs: one ffmpeg a track and tier writes fragments ahead of whoever listens.

Frames of an encoder fit only those of the same run, so fragments are cut from one run's output, not made
one by one. A run stays a little ahead of what was asked for and ends when nobody asks any more. A jump far
ahead starts a second run there.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from resonance.audio import fmp4
from resonance.audio.decode_pass import Undecodable
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.audio.packets import Packet
from resonance.audio.transcode import Transcoder
from resonance.core.errors import NotFound, ResonanceError, TooMany, Unavailable
from resonance.core.logs import logger
from resonance.playback import encoding
from resonance.playback.encoding import Start
from resonance.playback.fragment_cache import FragmentCache
from resonance.playback.places import Place, Places
from resonance.playback.tiers import RECIPES, Sound, Tier

log = logger(__name__)

AHEAD = 20  # fragments that a run makes beyond what was asked for
NEAR = 10  # a fragment so close behind what is made is waited for
IDLE_S = 60.0
WAIT_S = 12.0  # a request waits no longer for its fragment
WAITING_PER_USER = 8  # each holds a thread
_NICE = 5
_ENDS_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Work:
    """A tier of a file that has to be encoded. `folder` is where its fragments are kept."""

    path: Path
    sound: Sound
    tier: Tier
    folder: Path


class Run:
    """One encoder and the thread that cuts its output."""

    def __init__(
        self, work: Work, start: Start, cache: FragmentCache, encoder: Transcoder, place: Place
    ) -> None:
        self.work, self.start = work, start
        self.made = self.asked = start.fragment  # `made` is the number of the next fragment
        self.used = time.monotonic()
        self.waiting = 0
        self.over = False
        self.ended = False  # by us
        self.fault: ResonanceError | None = None
        self._cache, self._encoder, self._place = cache, encoder, place
        self._changed = threading.Condition()
        self._sizes: list[int] = []
        self._durations: list[int] = []
        self._parts: list[bytes] = []

    def covers(self, number: int) -> bool:
        """Whether the fragment is among those that this run makes soon."""
        # One that it has made and the cache has forgotten will not come again.
        return not self.over and self.made <= number < self.made + NEAR

    def want(self, number: int) -> None:
        """Somebody is at this fragment: go on from there."""
        with self._changed:
            self.asked = max(self.asked, number)
            self.used = time.monotonic()
            self._changed.notify_all()

    def wait(self, number: int, deadline: float) -> None:
        """Until the fragment is made, the run over, or the time."""
        with self._changed:
            self.waiting += 1
            try:
                self._changed.wait_for(
                    lambda: self.made > number or self.over, max(0.0, deadline - time.monotonic())
                )
            finally:
                self.waiting -= 1
                self.used = time.monotonic()

    def end(self) -> None:
        """Stop, whatever it is doing; its place is free at once."""
        with self._changed:
            self.ended = self.over = True
            self._changed.notify_all()
        self._place.release()
        self._encoder.kill()

    def work_through(self, finished: Callable[[Run], None]) -> None:
        """The thread: to the end of the encoder's output."""
        try:
            self._cut()
        except ResonanceError as fault:
            self.fault = fault
        except (OSError, ValueError) as fault:
            log.exception("playback.run_failed", tier=self.work.tier.name)
            self.fault = _not_kept() if isinstance(fault, OSError) else _undecodable(str(fault))
        finally:
            self._encoder.kill()
            self._encoder.close()
            self._place.release()
            finished(self)
            with self._changed:
                self.over = True
                self._changed.notify_all()

    def _cut(self) -> None:
        split = RECIPES[self.work.tier.name].split()
        frames = self.work.tier.fragment_samples // RECIPES[self.work.tier.name].frame
        dropped = self.start.dropped

        def packets() -> Iterator[Packet]:
            for chunk in self._encoder:
                yield from split.feed(chunk)
            if self._encoder.complete:
                yield from split.end()

        for data, samples in packets():
            if dropped:
                dropped -= 1
                continue
            self._parts.append(data)
            self._sizes.append(len(data))
            self._durations.append(samples)
            if len(self._parts) == frames:
                self._keep()
                if self.made >= self.work.tier.fragments or not self._go_on():
                    return
        if self.ended:
            return
        if not self._encoder.complete:
            raise self._encoder_fault()
        if self._parts:
            self._keep()
        if not self.made:
            raise _undecodable(self._encoder.problem or "there is no sound in it")

    def _keep(self) -> None:
        data = b"".join(self._parts)
        if self.work.tier.container == "fmp4":
            at = self.made * self.work.tier.fragment_samples
            data = fmp4.fragment(self.made + 1, at, self._sizes, self._durations, data)
        self._cache.put(self.work.folder, self.start.fragment, self.made, data)
        self._parts, self._sizes, self._durations = [], [], []
        with self._changed:
            self.made += 1
            self._changed.notify_all()

    def _go_on(self) -> bool:
        """Wait while far enough ahead; False when the run has ended or nobody asked for a minute."""
        with self._changed:
            while not self.ended and self.made > self.asked + AHEAD:
                left = self.used + IDLE_S - time.monotonic()
                if left <= 0:
                    self.ended = True
                self._changed.wait(max(0.0, left))
            return not self.ended

    def _encoder_fault(self) -> ResonanceError:
        code = self._encoder.exit_code or 0
        if not self.work.path.is_file():
            return Unavailable("library", "The music file cannot be read right now.")
        if code < 0:
            return Unavailable("ffmpeg", "The encoder was stopped.", retry_after=1)
        return _undecodable(self._encoder.problem or "no message")


def _not_kept() -> Unavailable:
    return Unavailable("fragment_cache", "The server cannot keep what it encodes. Is its disk full?")


def _undecodable(why: str) -> Undecodable:
    return Undecodable(f"ffmpeg cannot make this form of the file: {why}")


class Runs:
    """Every run of the server."""

    def __init__(self, cache: FragmentCache, places: Places, ffmpeg: Path | None = None) -> None:
        self._cache, self._places = cache, places
        self._ffmpeg = str(ffmpeg) if ffmpeg else None
        self._lock = threading.Lock()
        self._active: dict[Run, str] = {}  # and whose it is
        self._waiting: Counter[str] = Counter()
        # How many fragments there were where a file had fewer than it said.
        self._ends: OrderedDict[Path, int] = OrderedDict()

    def fragment(self, user_id: str, work: Work, number: int) -> bytes:
        """A fragment, made if need be.

        NotFound (fragment_past_end), TooMany (all of the user's encoders are waited for), Unavailable
        (ffmpeg, the disk, or the time), Undecodable.
        """
        deadline = time.monotonic() + WAIT_S
        while True:
            if (kept := self._cache.get(work.folder, number)) is not None:
                self._go_on(work, kept[0], number)
                return kept[1]
            if number >= self._ends.get(work.folder, work.tier.fragments):
                raise past_end()
            if time.monotonic() >= deadline:
                raise Unavailable("ffmpeg", "The fragment was not made in time.", retry_after=1)
            with self._one_more_waits(user_id):
                run = self._run_for(user_id, work, number)
                run.want(number)
                run.wait(number, deadline)
            if run.fault is not None and run.made <= number:
                raise run.fault

    def close(self) -> None:
        """End every run."""
        for run in list(self._active):
            run.end()

    def _go_on(self, work: Work, start: int, number: int) -> None:
        """Tell the run that made a fragment, if it is still there, how far its listener is."""
        with self._lock:
            makers = [r for r in self._active if r.work.folder == work.folder and r.start.fragment == start]
        for run in makers:
            run.want(number)

    def _run_for(self, user_id: str, work: Work, number: int) -> Run:
        with self._lock:
            fitting = [r for r in self._active if r.work.folder == work.folder and r.covers(number)]
            if fitting:
                return max(fitting, key=lambda run: run.made)
            first = 0 if number <= NEAR and not self._cache.has(work.folder, 0) else number
            start = encoding.start_at(work.tier, RECIPES[work.tier.name], first)
            run = self._begin(user_id, work, start)
            self._active[run] = user_id
        threading.Thread(target=run.work_through, args=(self._finished,), daemon=True).start()
        return run

    def _begin(self, user_id: str, work: Work, start: Start) -> Run:
        place = self._place(user_id)
        try:
            recipe = RECIPES[work.tier.name]
            program = find_ffmpeg(self._ffmpeg)
            command = encoding.command(str(work.path), work.tier, recipe, work.sound, start, program)
            encoder = Transcoder.start(str(work.path), command)
        except BaseException:
            place.release()
            raise
        with suppress(OSError, AttributeError):  # AttributeError: not on this system
            os.setpriority(os.PRIO_PROCESS, encoder.pid, _NICE)
        return Run(work, start, self._cache, encoder, place)

    def _place(self, user_id: str) -> Place:
        """A place for the user: their own run that was not asked for the longest time makes room."""
        try:
            return self._places.take(user_id)
        except TooMany:
            own = [run for run, whose in self._active.items() if whose == user_id]
            idle = [run for run in own if not run.waiting and not run.over]
            if not idle:
                raise
            min(idle, key=lambda run: run.used).end()
            return self._places.take(user_id)

    def _finished(self, run: Run) -> None:
        with self._lock:
            self._active.pop(run, None)
            if run.fault is None and not run.ended and run.made < run.work.tier.fragments:
                self._ends[run.work.folder] = min(run.made, self._ends.get(run.work.folder, run.made))
                while len(self._ends) > _ENDS_KEPT:
                    self._ends.popitem(last=False)

    @contextmanager
    def _one_more_waits(self, user_id: str) -> Iterator[None]:
        with self._lock:
            if self._waiting[user_id] >= WAITING_PER_USER:
                raise TooMany("Too many fragments are waited for at a time.", retry_after=1)
            self._waiting[user_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting[user_id] -= 1
                if not self._waiting[user_id]:
                    del self._waiting[user_id]


def past_end() -> NotFound:
    """The music is over before this fragment."""
    return NotFound("The track ends before this fragment.", code="fragment_past_end")
