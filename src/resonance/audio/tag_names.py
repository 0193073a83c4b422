"""One table of what every tag format calls the same thing.

`FREE` serves all formats with free names (Vorbis comments, APEv2, ID3 TXXX descriptions, MP4 "----" names),
compared in upper case. The others name the fixed frames of their format.
"""

# ruff: noqa: E501 - a table reads best with one row a line

from __future__ import annotations

# field | free names | ID3 frame | MP4 atom | ASF attribute
_TABLE = """
title | TITLE | TIT2 | ©nam | Title
title_sort | TITLESORT, TITLE SORT ORDER | TSOT | sonm | WM/TitleSortOrder
artist | ARTIST | TPE1 | ©ART | Author
artists | ARTISTS | | | WM/ARTISTS
artist_sort | ARTISTSORT, ARTISTSSORT | TSOP | soar | WM/ArtistSortOrder
album | ALBUM | TALB | ©alb | WM/AlbumTitle
album_sort | ALBUMSORT | TSOA | soal | WM/AlbumSortOrder
album_artist | ALBUMARTIST, ALBUM ARTIST, ALBUM_ARTIST, ENSEMBLE | TPE2 | aART | WM/AlbumArtist
album_artists | ALBUMARTISTS, ALBUM ARTISTS | | | WM/ALBUMARTISTS
album_artist_sort | ALBUMARTISTSORT, ALBUMARTISTSSORT | TSO2 | soaa | WM/AlbumArtistSortOrder
genre | GENRE | TCON | ©gen | WM/Genre
mood | MOOD | TMOO | | WM/Mood
number | TRACKNUMBER, TRACK | TRCK | | WM/TrackNumber, WM/Track
number_total | TRACKTOTAL, TOTALTRACKS | | |
disc | DISCNUMBER, DISC | TPOS | | WM/PartOfSet
disc_total | DISCTOTAL, TOTALDISCS | | |
disc_subtitle | DISCSUBTITLE, SETSUBTITLE | TSST | | WM/SetSubTitle
date | DATE, YEAR | TDRC | ©day | WM/Year
original_date | ORIGINALDATE, ORIGINALRELEASEDATE | TDOR | | WM/OriginalReleaseTime
original_year | ORIGINALYEAR, ORIGYEAR | | | WM/OriginalReleaseYear
release_date | RELEASEDATE | TDRL | |
label | LABEL, PUBLISHER, ORGANIZATION | TPUB | | WM/Publisher
catalog_number | CATALOGNUMBER, CATALOG NUMBER, LABELNO | | | WM/CatalogNo
release_type | RELEASETYPE, MUSICBRAINZ_ALBUMTYPE, MUSICBRAINZ ALBUM TYPE | | | MusicBrainz/Album Type
version | VERSION, ALBUMVERSION, RELEASEVERSION, MUSICBRAINZ_ALBUMCOMMENT, MUSICBRAINZ ALBUM COMMENT | | |
compilation | COMPILATION, ITUNESCOMPILATION | TCMP | | WM/IsCompilation
recording_mbid | MUSICBRAINZ_TRACKID, MUSICBRAINZ TRACK ID | | | MusicBrainz/Track Id
track_mbid | MUSICBRAINZ_RELEASETRACKID, MUSICBRAINZ RELEASE TRACK ID | | | MusicBrainz/Release Track Id
release_mbid | MUSICBRAINZ_ALBUMID, MUSICBRAINZ ALBUM ID | | | MusicBrainz/Album Id
release_group_mbid | MUSICBRAINZ_RELEASEGROUPID, MUSICBRAINZ RELEASE GROUP ID | | | MusicBrainz/Release Group Id
artist_mbid | MUSICBRAINZ_ARTISTID, MUSICBRAINZ ARTIST ID | | | MusicBrainz/Artist Id
album_artist_mbid | MUSICBRAINZ_ALBUMARTISTID, MUSICBRAINZ ALBUM ARTIST ID | | | MusicBrainz/Album Artist Id
isrc | ISRC | TSRC | | WM/ISRC
comment | COMMENT, DESCRIPTION | | ©cmt | Description
explicit | ITUNESADVISORY, EXPLICIT, RTNG | | | WM/ParentalRating
bpm | BPM, TEMPO, TBPM | TBPM | | WM/BeatsPerMinute
key | INITIALKEY, INITIAL KEY, KEY, INITIAL_KEY | TKEY | | WM/InitialKey
gain_track | REPLAYGAIN_TRACK_GAIN | | |
peak_track | REPLAYGAIN_TRACK_PEAK | | |
gain_album | REPLAYGAIN_ALBUM_GAIN | | |
peak_album | REPLAYGAIN_ALBUM_PEAK | | |
r128_track | R128_TRACK_GAIN | | |
r128_album | R128_ALBUM_GAIN | | |
lyrics | LYRICS, UNSYNCEDLYRICS, UNSYNCED LYRICS, SYNCEDLYRICS | | ©lyr | WM/Lyrics
composer | COMPOSER | TCOM | ©wrt | WM/Composer
lyricist | LYRICIST | TEXT | | WM/Writer
writer | WRITER | | |
conductor | CONDUCTOR | TPE3 | | WM/Conductor
remixer | REMIXER, MIXARTIST | TPE4 | | WM/ModifiedBy
arranger | ARRANGER | | | WM/Arranger
producer | PRODUCER | | | WM/Producer
engineer | ENGINEER | | | WM/Engineer
mixer | MIXER | | | WM/Mixer
djmixer | DJMIXER | | | WM/DJMixer
performer | PERFORMER | | |
"""

ROLES = (
    "lyricist", "writer", "conductor", "remixer", "arranger", "producer", "engineer", "mixer", "djmixer",
    "performer",
)  # fmt: skip

FREE: dict[str, str] = {}
ID3: dict[str, str] = {}
MP4: dict[str, str] = {}
ASF: dict[str, str] = {}

for _row in _TABLE.strip().splitlines():
    _field, *_columns = (column.strip() for column in _row.split("|"))
    for _target, _names in zip((FREE, ID3, MP4, ASF), _columns, strict=True):
        _target.update({_name.strip(): _field for _name in _names.split(",") if _name.strip()})

# ID3's involved-people list says roles in its own words.
PEOPLE = {
    "producer": "producer",
    "engineer": "engineer",
    "mix": "mixer",
    "dj-mix": "djmixer",
    "arranger": "arranger",
    "remixer": "remixer",
    "conductor": "conductor",
    "lyricist": "lyricist",
    "composer": "composer",
}
