"""Genres by family: what the many spellings in tags and questions belong to.

A line: families with weights, then genres after a bar, "/" between genres and "=" between spellings of one.
Spellings are compared folded, with "and" and "n" left out, so "Drum'n'Bass" needs no line of its own.
"""

# ruff: noqa: E501 - a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from resonance.core.text import fold

_TABLE = """
rock 1 | rock / classic rock / hard rock / soft rock / art rock / glam rock / southern rock / stoner rock / garage rock / surf rock = surf / psychedelic rock = psychedelic = psych rock / progressive rock = prog rock = prog / krautrock / rock and roll = rock & roll = rock n roll / rockabilly / arena rock / alternative rock = alt rock / math rock / blues rock / roots rock / heartland rock / yacht rock / acid rock / space rock / grunge / post grunge / britpop / deutschrock / rock en espanol = rock en español / rock francais / alternative / new wave of british rock / piano rock / experimental rock / noise rock / pub rock
rock 1, experimental .3 | post rock = postrock
rock .7, pop .8 | pop rock = poprock / power pop / aor
rock .7, folk .7 | folk rock = folkrock
rock .7, country .6 | country rock
rock .6, funk .6 | funk rock
rock .6, electronic .6 | electronic rock = electro rock / industrial rock / dance punk / madchester
rock .7, jazz .5 | jazz rock
metal 1, rock .35 | metal / heavy metal / death metal / black metal / thrash metal = thrash / doom metal = doom / power metal / speed metal / progressive metal = prog metal / nu metal = numetal / metalcore / deathcore / grindcore / symphonic metal / gothic metal / folk metal / sludge metal = sludge / industrial metal / glam metal = hair metal / groove metal / viking metal / alternative metal / post metal / djent / melodic death metal = melodeath / brutal death metal / technical death metal / drone metal / nwobhm / neue deutsche harte
punk 1, rock .6 | punk / punk rock = punkrock / hardcore punk / post punk = postpunk / pop punk / ska punk / skate punk / anarcho punk / oi / emo / screamo / post hardcore / riot grrrl / garage punk / psychobilly / horror punk / street punk / deutschpunk / melodic hardcore
pop 1 | pop / dance pop / teen pop / art pop / chamber pop / baroque pop / europop / k pop = kpop / j pop = jpop / c pop = cpop / mandopop / cantopop / bubblegum pop / adult contemporary / chanson pop / schlager / deutschpop / pop francaise = variete francaise = variété française / singer pop / city pop / boy band / girl group / italopop / power ballad / ballad = ballads / hyperpop / french pop / latin pop / bedroom pop / vocal pop / contemporary pop / top 40
pop .7, electronic .8 | electropop = electro pop / dream trance pop
pop .6, indie 1 | indie pop = indiepop / twee pop / jangle pop
indie 1, rock .6 | indie / indie rock = indierock / lo fi indie / shoegaze / noise pop / slowcore / sadcore / midwest emo / alternative indie / college rock / dream pop / new weird america
indie .8, folk .9 | indie folk = indiefolk / freak folk
indie .6, electronic .8 | indietronica = indie electronic / chillwave / glo fi / witch house
synthpop 1, electronic .8, pop .6 | synthpop = synth pop = synth-pop / electroclash / new romantic / technopop
synthpop .9, rock .5, pop .5, electronic .4 | new wave = newwave / darkwave = dark wave / coldwave = cold wave / minimal wave / neue deutsche welle = ndw / gothic rock = goth = gothic / wave
synthpop .8, electronic .9 | synthwave = retrowave = outrun / vaporwave / italo disco = italodisco / electronic body music = ebm / futurepop / synth = synths = synthesizer music / chiptune = 8 bit / dreamwave
electronic 1 | electronic = elektronik = elektronische musik = elektronisch = elektronische = musique electronique = électronique = electronica musica = musica electronica = elettronica = eletronica / electronica / electro / edm = electronic dance music / dance = dance music = club / idm = intelligent dance music / electro swing / big room / hardstyle / hardcore techno = gabber / glitch / bass music / future bass / dubstep / brostep / uk garage = garage = 2 step / speed garage / grime instrumental / eurodance / hi nrg / jersey club / footwork / moombahton / wonky / midtempo bass / bassline / complextro
electronic .8, experimental .6 | industrial / noise electronics / power electronics / musique concrete = musique concrète / electroacoustic / microsound
house 1, electronic .8 | house / deep house / tech house / progressive house / acid house / chicago house / french house = french touch / electro house / tropical house / afro house / minimal house / soulful house / vocal house / disco house = nu disco house / hard house / funky house / future house / lo fi house / melodic house / microhouse / balearic / organic house / slap house / house music
techno 1, electronic .8 | techno / minimal techno = minimal / detroit techno / dub techno / acid techno / hard techno / industrial techno / melodic techno / ambient techno / schranz / tech trance techno / acid / peak time techno / electro techno
trance 1, electronic .8 | trance / progressive trance / psytrance = psy trance = goa = goa trance / uplifting trance / vocal trance / tech trance / acid trance / hard trance / dream trance / eurotrance
breaks 1, electronic .8 | drum and bass = drum & bass = drum n bass = dnb = d&b = d n b = drumnbass / jungle / liquid funk = liquid drum and bass = liquid dnb / neurofunk / breakbeat = breaks / big beat / breakcore / halftime / techstep / jump up / nu skool breaks / drumstep / florida breaks
ambient 1, electronic .5 | ambient / dark ambient / drone / space ambient = space music / ambient electronic / isolationism / psybient = psychill / berlin school / ambient drone / soundscape = soundscapes / field recording = field recordings
ambient .8, easy .5 | new age = newage / meditation / relaxation / healing / sleep music / nature sounds / spa / yoga / relaxing
downtempo 1, electronic .6 | downtempo = down tempo / trip hop = triphop / chillout = chill out = chill / lounge electronica / illbient / future jazz = nu jazz / acid jazz downtempo / leftfield / chillstep / dub = dub music / broken beat / organica / psydub
lofi 1, hiphop .6 | lofi = lo fi = lo-fi / lofi hip hop = lo fi hip hop = lofi beats = lo fi beats / chillhop / jazzhop = jazz hop / study beats / instrumental beats / bedroom lo fi
hiphop 1 | hip hop = hiphop = hip-hop / rap = rap music / boom bap / trap = trap music / gangsta rap = gangsta / conscious hip hop = conscious rap / old school hip hop = old school rap / underground hip hop / east coast hip hop / west coast hip hop = g funk / southern hip hop = dirty south / crunk / drill = uk drill / grime / cloud rap / turntablism / abstract hip hop / jazz rap / horrorcore / deutschrap = german hip hop / rap francais = rap français = french hip hop / phonk / hardcore hip hop / emo rap / mumble rap / pop rap / alternative hip hop / hip house / bounce / instrumental hip hop
soul 1 | soul / northern soul / motown / southern soul / philly soul / deep soul / neo soul = neosoul / blue eyed soul / psychedelic soul / quiet storm / soul music / classic soul
soul .9, pop .4 | r&b = r and b = rnb = rhythm and blues = contemporary r&b / alternative r&b / new jack swing / doo wop
gospel 1, soul .4 | gospel / spirituals = spiritual / worship = praise / contemporary christian = ccm / christian / black gospel / southern gospel
funk 1, soul .5 | funk = funky / p funk / jazz funk / soul funk / go go / afro funk / boogie / synth funk / deep funk
disco 1, funk .5 | disco / nu disco / euro disco / space disco / post disco / cosmic disco / disco funk
reggae 1 | reggae / roots reggae = roots / dancehall / ragga / rocksteady / ska / dub reggae / lovers rock / reggaeton reggae / two tone / early reggae
jazz 1 | jazz / bebop = be bop / hard bop / cool jazz / modal jazz / free jazz / swing / big band / dixieland = traditional jazz = trad jazz / latin jazz / smooth jazz / vocal jazz / gypsy jazz = manouche = jazz manouche / jazz fusion = fusion / soul jazz / acid jazz / avant garde jazz / ragtime / stride / post bop / spiritual jazz / third stream / contemporary jazz / jazz piano / piano jazz / chamber jazz / ecm / ethno jazz / nordic jazz / big band swing
blues 1 | blues / delta blues / chicago blues / electric blues / acoustic blues / country blues / jump blues / blues soul / texas blues / piedmont blues / soul blues / boogie woogie / british blues / modern blues / piano blues
country 1 | country / americana / alt country = alternative country / bluegrass / honky tonk / outlaw country / country pop / western swing / country music / nashville sound / texas country / red dirt / cowboy = western / progressive bluegrass / contemporary country / bro country
folk 1 | folk / singer songwriter = singer-songwriter = singer/songwriter = liedermacher = cantautore = cantautor / acoustic folk / traditional folk = traditional / contemporary folk / anti folk / chamber folk / celtic = celtic folk = irish = irish folk / scottish folk / neofolk / protest song / sea shanty = shanty = shanties / nordic folk / folklore / folk music = volksmusik / folk pop / british folk / psychedelic folk / medieval / appalachian / old time / musica popular / skiffle / americana folk / acoustic
classical 1 | classical = classic = classical music = klassik = klassische musik = musique classique = classique = musica clasica = clasica = clásica = classica / baroque = barock = barroco / romantic classical = romantik = romantic era = late romantic / renaissance / chamber music = kammermusik = chamber / string quartet = streichquartett / sonata = sonate / concerto = konzert / opera = oper = operetta / lieder = lied / early music = alte musik / choral = choir music / modern classical = neo classical = neoclassical = contemporary classical = post classical / minimalism / solo piano = piano = piano solo = klaviermusik = musique de piano = musica de piano / impressionist = impressionism / sacred = requiem / avant garde classical / 20th century classical / viennese classical / organ music / guitar classical = classical guitar / art song / fugue / cantata / madrigal / gregorian chant = gregorian = plainchant / modern composition / ballet
orchestral 1, classical .7 | orchestral = orchestra = orchester / symphony = sinfonie = symphonic = symphonie = sinfonia / symphonic poem / film score = score = film music = filmmusik = musique de film = soundtrack = original soundtrack = ost = banda sonora = colonna sonora / video game music = game music = game soundtrack / epic orchestral = trailer music / cinematic / orchestral suite / musical = musicals = show tunes = broadway / romantic
latin 1 | latin = latino = latina = musica latina / latin music / salsa / bossa nova = bossanova = bossa / samba / tango / cumbia / merengue / bachata / reggaeton = regueton / mambo / cha cha cha = cha cha = chachacha / son cubano = son / rumba / bolero / mariachi = ranchera / norteno = norteño / flamenco / mpb = musica popular brasileira / tropicalia / vallenato / latin rock / forro / choro / boogaloo / afro cuban = afrocuban / tejano / nuevo tango / fado / latin trap / corrido = corridos / banda / pagode / axe / timba / descarga / nueva cancion
world 1 | world = world music = weltmusik / afrobeat / afrobeats / afropop / highlife / soukous / raga = indian classical / bollywood / bhangra / qawwali / rai / klezmer / balkan = balkan brass / gamelan / mbalax / desert blues / polka / turkish / arabic / zydeco = cajun / ethnic / hawaiian / calypso = soca / kizomba / amapiano / gnawa / persian / greek = rebetiko / russian chanson / enka / throat singing / tuareg / chanson = chanson francaise = chanson française
experimental 1 | experimental = experimentell / avant garde = avantgarde / noise / harsh noise / free improvisation = free improv / sound art / plunderphonics / art music / no wave / improvisation / sound collage / dada / tape music
spoken 1 | spoken word = spoken / audiobook = audiobooks = horbuch = hörbuch = hörspiel / comedy / podcast / poetry / stand up = standup / interview / lecture / radio drama / speech
children 1 | children = childrens = children's music = kids = kindermusik = kinderlieder / lullaby = lullabies = wiegenlied / nursery rhymes / musique enfant = enfants / infantil
easy 1 | easy listening / lounge / exotica / muzak / swing vocal / crooner / traditional pop / space age pop / cocktail / elevator music / big band vocal / library music / holiday = christmas = christmas music = weihnachten = weihnachtslieder = noel = navidad / cabaret / standards
"""


JOINTS = frozenset(("and", "n", "und", "et", "y"))


@dataclass(frozen=True, slots=True)
class Genre:
    """A genre with the families it belongs to, (family, 0..1)."""

    name: str
    families: tuple[tuple[str, float], ...]


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """How spellings are compared."""
    words = [word for word in fold(name).split() if word not in JOINTS]
    return " ".join(words)


def _read() -> dict[str, Genre]:
    found: dict[str, Genre] = {}
    for row in _TABLE.strip().splitlines():
        weights, genres = row.split(" | ")
        families = tuple((part.split()[0], float(part.split()[1])) for part in weights.split(", "))
        for one in genres.split(" / "):
            spellings = [spelling.strip() for spelling in one.split(" = ")]
            genre = Genre(spellings[0], families)
            for spelling in spellings:
                found.setdefault(key(spelling), genre)
    return found


GENRES = _read()
# Genres that a question hardly means by these words alone.
ELSEWHERE = frozenset(
    (
        "son",
        "score",
        "classic",
        "holiday",
        "speech",
        "bounce",
        "axe",
        "banda",
        "traditional",
        "western",
        "lecture",
    )
)


@lru_cache(maxsize=4096)
def families_of(name: str) -> tuple[tuple[str, float], ...]:
    """The families of a genre as tags spell it; for an unlisted one those of the longest listed part."""
    folded = key(name)
    if folded in GENRES:
        return GENRES[folded].families
    words = folded.split()
    for size in range(min(len(words), 4) - 1, 0, -1):
        # The end of a genre's name says what it is, the beginning of which sort ("Nordic Dub Techno").
        for start in range(len(words) - size, -1, -1):
            part = " ".join(words[start : start + size])
            if part in GENRES and len(part) > 2:
                return GENRES[part].families
    return ()


def same(asked: str, tagged: str) -> bool:
    """Whether a tagged genre is the asked one or a sort of it ("Piano" asked, "Solo Piano" tagged)."""
    a, b = key(asked), key(tagged)
    one, other = GENRES.get(a), GENRES.get(b)
    return a == b or (one is not None and one is other) or f" {a} " in f" {b} "


def of_kind(asked: str, tagged: Iterable[str]) -> str | None:
    """The first of the tagged genres that is of the asked kind."""
    return next((genre for genre in tagged if same(asked, genre)), None)
