"""Text search over any database's term index: cheap exact looks first, forgiving ones only where needed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from resonance.db.engine import UnitOfWork
from resonance.search import store
from resonance.search.ports import Atom, Expression, Group, Row, TermIndex
from resonance.search.ranking import Meant, rank
from resonance.search.terms import Word, folded_title, name_terms, query_words
from resonance.search.text import KINDS, Document, Hit, Kind
from resonance.search.vocabulary import Vocabulary

ENOUGH = 5  # hits of the words as typed; fewer, and misspellings are considered
MOST_CANDIDATES = 100  # per kind and look: ranking costs as much as is ranked
SHORT = 2  # letters of a prefix that is only looked up among beginnings of names, if these suffice
MOST_NEIGHBOURS = 24
RARE = 3  # documents; a word in no more than these may be somebody's misspelling of another


class IndexedSearch:
    """The TextSearch of both databases. One object per process: it keeps the vocabulary."""

    def __init__(self, terms: TermIndex) -> None:
        self._terms = terms
        self._vocabulary = Vocabulary()

    def index(self, uow: UnitOfWork, documents: Iterable[Document]) -> None:
        """Add or replace; what is stored alike already is left alone."""
        by_kind: dict[Kind, dict[str, Row]] = defaultdict(dict)
        for document in documents:
            by_kind[document.kind][document.item_id] = _row(document)
        counts: Counter[str] = Counter()
        for kind, rows in by_kind.items():
            old = store.stored(uow, kind, list(rows))
            added = [row for row in rows.values() if row.item_id not in old]
            changed = [row for row in rows.values() if row.item_id in old and old[row.item_id] != row]
            store.set_weights(uow, [row for row in changed if _only_weight(old[row.item_id], row)])
            changed = [row for row in changed if not _only_weight(old[row.item_id], row)]
            self._terms.replace(uow, changed)
            self._terms.add(uow, added)
            for row in changed:
                counts.subtract(_terms_of(old[row.item_id]))
            for row in (*changed, *added):
                counts.update(_terms_of(row))
        store.count_terms(uow, counts)

    def remove(self, uow: UnitOfWork, kind: Kind, ids: Collection[str]) -> None:
        """Forget documents."""
        old = store.stored(uow, kind, list(ids))
        if not old:
            return
        self._terms.remove(uow, kind, list(old))
        counts: Counter[str] = Counter()
        for row in old.values():
            counts.subtract(_terms_of(row))
        store.count_terms(uow, counts)

    def rebuild(self, uow: UnitOfWork) -> None:
        """Derive terms and vocabulary again from the stored documents."""
        self._terms.rebuild(uow)
        counts: Counter[str] = Counter()
        for terms in store.everything(uow):
            counts.update(set(terms.split()))
        store.replace_terms(uow, counts)

    def query(
        self,
        uow: UnitOfWork,
        q: str,
        *,
        kinds: Collection[Kind] = KINDS,
        libraries: frozenset[str] | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """The best hits, at most `limit` of each kind, best first."""
        words = query_words(q)
        if not words or limit <= 0:
            return []
        look = _Look(uow, self._terms, [kind for kind in KINDS if kind in kinds], libraries, limit)
        folded = folded_title(q)
        look.as_typed(folded, words)
        meant = [Meant(word) for word in words]
        for effort in (1, 2, 3):
            if len(look.found) >= ENOUGH or (effort > 1 and len(words) > 1 and look.found):
                break
            wider = self._forgive(uow, words, effort, all_of_them=not look.found)
            if any(new.neighbours != old.neighbours for new, old in zip(wider, meant, strict=True)):
                meant = wider
                look.forgiving(meant)
        if not look.found and len(words) > 1:
            look.without_one(meant)
        return rank(list(look.found.values()), folded, meant, limit)

    def _forgive(self, uow: UnitOfWork, words: list[Word], effort: int, *, all_of_them: bool) -> list[Meant]:
        """What the words may have meant. Common words of a query that found something are taken as meant."""
        meant: list[Meant] = []
        for word in words:
            edits = _edits(word, effort)
            taken = not all_of_them and len(words) > 1
            if not edits or (taken and self._vocabulary.documents(uow, word.text) > RARE):
                meant.append(Meant(word))
                continue
            near = self._vocabulary.neighbours(
                uow, word.text, edits, prefix=word.prefix, most=MOST_NEIGHBOURS
            )
            meant.append(Meant(word, {neighbour.term: max(1.0, neighbour.cost) for neighbour in near}))
        return meant


class _Look:
    """The candidates of one query."""

    def __init__(
        self,
        uow: UnitOfWork,
        terms: TermIndex,
        kinds: Sequence[Kind],
        libraries: frozenset[str] | None,
        limit: int,
    ) -> None:
        self.uow, self.terms, self.kinds, self.libraries = uow, terms, kinds, libraries
        self.limit = limit
        self.cap = max(MOST_CANDIDATES, 2 * limit)
        self.found: dict[tuple[Kind, str], Row] = {}

    def as_typed(self, folded: str, words: list[Word]) -> None:
        """Names that begin so; names with these words; anything with these words."""
        expression = tuple(dict.fromkeys(word.group for word in words))
        short = len(words) == 1 and not words[0].cjk and len(folded) <= SHORT
        for kind in self.kinds:
            count = self._keep(store.by_title(self.uow, folded, kind, libraries=self.libraries, cap=self.cap))
            if short and count >= self.limit:
                continue
            self._match(expression, kind)

    def forgiving(self, meant: list[Meant]) -> None:
        """The same with the neighbours of each word beside it."""
        expression = tuple(_group(one) for one in meant)
        titles = set(meant[0].neighbours) if len(meant) == 1 else set()
        for kind in self.kinds:
            if titles:
                self._keep(store.with_titles(self.uow, titles, kind, libraries=self.libraries, cap=self.cap))
            self._match(expression, kind)

    def without_one(self, meant: list[Meant]) -> None:
        """All words but one, whichever."""
        groups = [_group(one) for one in meant[:5]]
        for left_out in range(len(groups)):
            rest: Expression = tuple(group for number, group in enumerate(groups) if number != left_out)
            for kind in self.kinds:
                self._match(rest, kind)

    def _match(self, expression: Expression, kind: Kind) -> None:
        rows = self._rows(expression, kind, names_only=False)
        self._keep(rows)
        if len(rows) >= self.cap:  # there are more than were looked at: the likelier ones among them, too
            self._keep(self._rows(expression, kind, names_only=True))

    def _rows(self, expression: Expression, kind: Kind, *, names_only: bool) -> list[Row]:
        return self.terms.match(
            self.uow, expression, kind, names_only=names_only, libraries=self.libraries, cap=self.cap
        )

    def _keep(self, rows: list[Row]) -> int:
        before = len(self.found)
        for row in rows:
            self.found.setdefault((row.kind, row.item_id), row)
        return len(self.found) - before


def _edits(word: Word, effort: int) -> int:
    """How many edits to forgive: short words are soon another word, longer ones deserve a second try."""
    size = len(word.text)
    if word.cjk or word.text.isdigit() or size < 3:
        return 0
    if size == 3:
        return 1 if effort == 3 else 0
    most = 1 if size < 6 else 2 if size < 9 else 3
    return min(effort, most)


def _group(meant: Meant) -> Group:
    return (*meant.word.group, *((Atom(term),) for term in sorted(meant.neighbours)))


def _only_weight(old: Row, new: Row) -> bool:
    return replace(old, weight=new.weight) == new


def _terms_of(row: Row) -> set[str]:
    return {*row.name_terms.split(), *row.more_terms.split()}


def _row(document: Document) -> Row:
    names = name_terms(document.title)
    more = dict.fromkeys(term for name in document.more if name for term in _shared_terms(name))
    return Row(
        kind=document.kind,
        item_id=document.item_id,
        title=folded_title(document.title),
        name_terms=" ".join(names),
        more_terms=" ".join(more),
        weight=document.weight,
    )


# The tracks of an album share its name and artist.
@lru_cache(maxsize=2048)
def _shared_terms(name: str) -> tuple[str, ...]:
    return tuple(name_terms(name))
