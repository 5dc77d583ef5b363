"""Names of things in other languages: captions.tsv, smallwords.tsv, ownnames.tsv and Unicode CLDR → resources/cutouts/names.tsv.

    python names.py            writes the file
    python names.py --check    compares it with what is there

Debian: unicode-cldr-core (the annotations), wamerican (which words are English; SCOWL, only looked into). The application reads the
file alone. One line for each English phrase, a column for each language, entries with "|" between them:

    strawberry      something that the draft model and the clip-art pack know
    *red            a colour
    :with, :        a small word, and one that falls away
    -               English words that exchanged endings would take for a name
    >               endings that may be exchanged to find a name: "n>" drops an n, "e>a" makes an a of an e

"?" before an entry: it is an English word as well, so it counts only beside words that are not; "~" (written by hand in ownnames.tsv):
an English word that nobody asks a picture of, so it also counts where every other word is known: "Stern"; "!": without its accents it
would be an English word. A keyword that several emoji share is paired with the English word that means the same emoji: "Baum" with "tree".
"""

import argparse
import csv
import difflib
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

import noto

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "resources" / "cutouts" / "names.tsv"
CLDR = Path("/usr/share/unicode/cldr/common/annotations")
ENGLISH = Path("/usr/share/dict/american-english")
BUDGET = 430 * 1024
ADJECTIVE = {  # keywords that end like this describe; a thing is wanted
    "es": "ado ada oso osa ante ente", "it": "ato ata oso osa ante ente", "pt": "ado ada oso osa ante ente", "fr": "é ée ant ante eux euse",
    "pl": "y i ący ąca any ana ać ić yć", "cs": "ý í á ící at it", "ru": "ый ий ой ая яя ое ее ть", "uk": "ий ій а́ ти", "nl": "end ende",
    "sv": "ande ad", "da": "ende et", "tr": "mak mek li lı lu lü", "ja": "い な る",
}
SURE = 0.66  # agreement of two sets of emoji (F1) from which their words mean the same
HEAD = """# Names of things in other languages and what they are called in captions. Made by packaging/draft-model/names.py, which says how
# it is to be read. From Unicode CLDR, Copyright Unicode, Inc. Unicode licence: https://www.unicode.org/license.txt
"""


def table(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def normal(text):
    text = unicodedata.normalize("NFC", text.lower()).replace("’", "'")
    return re.sub(r"\s+", " ", re.sub(r"[«»„“”\"()]", " ", text)).strip()


def folded(text):
    plain = unicodedata.normalize("NFD", text.replace("ß", "ss").replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def character_of(row):
    """The emoji of a row of captions.tsv."""
    return "".join(chr(point) for point in noto.sequence_of(row["file"]))


def annotations(language):
    """→ ({character: short name}, {character: keywords}, keywords with a capital)"""
    names, keywords, capital = {}, {}, set()
    files = [CLDR / f"{language}.xml", CLDR.with_name("annotationsDerived") / f"{language}.xml"]
    for item in (item for file in files for item in ElementTree.parse(file).iter("annotation")):
        character = item.get("cp").replace("\ufe0f", "")
        if item.get("type") == "tts":
            names[character] = normal(item.text)
        else:
            keywords[character] = [normal(word) for word in item.text.split("|")]
            capital.update(normal(word) for word in item.text.split("|") if word.strip()[:1].isupper())
    return names, keywords, capital


def meanings(names, keywords):
    """→ {word: the characters that it is said of}"""
    result = defaultdict(set)
    for character, name in names.items():
        result[name].add(character)
    for character, words in keywords.items():
        for word in words:
            result[word].add(character)
    return result


def usable(word):
    return 0 < len(word) <= 34 and not re.search(r"[\d:;,|?!&/+=<>*]", word) and word.count(" ") < 5


def names_a_thing(word, language, original):
    if language == "zh":
        return False  # short names are enough there
    if language == "de":
        return word in original  # nouns alone have capitals
    return " " not in word and not word.endswith(tuple(ADJECTIVE[language].split()))


class English:
    """What is English: the words of a word list, and what is said of which emoji."""

    def __init__(self, rows):
        names, keywords, _ = annotations("en")
        self.all_captions = {row["caption"] for row in rows}
        self.aliases = {word for row in table("aliases.tsv") for word in row["aliases"].split(",")}
        self.asked = self.all_captions | self.aliases | {normal(word) for row in rows for word in row["keywords"].split(",")}
        self.captions = {character_of(row): row["caption"] for row in rows if row["source"] == "noto"}
        self.faces = {character_of(row) for row in rows if row["source"] == "noto" and row["category"] in ("face", "people", "symbol")}
        for row in rows:
            if row["source"] == "noto":
                keywords.setdefault(character_of(row), []).extend(normal(w) for w in row["keywords"].split(",") if w)
        self.meaning = meanings({**names, **self.captions}, keywords)
        self.of_character = defaultdict(list)
        for word, characters in self.meaning.items():
            for character in characters:
                self.of_character[character].append(word)
        self.words = {line.strip() for line in open(ENGLISH, encoding="utf-8") if line[0].islower()}
        for row in rows:
            self.words.update(normal(row["caption"]).split())
            self.words.update(word for phrase in row["keywords"].split(",") for word in normal(phrase).split())
        self.words.update(word for word in self.aliases if " " not in word)

    def speaks(self, phrase):
        return all(word.strip("'") in self.words for word in phrase.split())

    def said_of(self, word, characters):
        """The English word that means the same characters best, or nothing."""
        best = []
        for other in {w for c in characters for w in self.of_character[c]}:
            common = len(self.meaning[other] & characters)
            agreement = 2 * common / (len(self.meaning[other]) + len(characters))
            likeness = difflib.SequenceMatcher(None, folded(word), other).ratio()
            shown = any(self.captions.get(character) == other for character in characters)
            best.append((round(agreement, 3), likeness >= 0.6, shown, round(likeness, 3), other))
        best.sort(reverse=True)
        return best[0][4] if best and best[0][0] >= SURE else ""


def marked(word, language, english):
    if word.startswith("~"):
        return word if english.speaks(word[1:]) else word[1:]
    if english.speaks(word):
        return "?" + word
    return "!" + word if folded(word) != word and english.speaks(folded(word)) else word


def lookalikes(endings, entries, english):
    """The English words that an exchanged ending would make one of the names: "rose" → "rosa"."""
    names = {name.lstrip("?!~") for name in entries}
    names |= {folded(name) for name in names if "!" + name not in entries}
    result = set()
    for word in english.words:
        for old, new in endings:
            stem = word[:len(word) - len(old)]
            if word.endswith(old) and len(stem) >= 3 and (stem + new) in names and word not in names:
                result.add(word)
    return sorted(result)


def own_names(language, english):
    """What CLDR has no name for, by hand → {caption or alias: [names]}"""
    result, meant = {}, {}
    for row in table("ownnames.tsv"):
        said = row["english"]
        if said not in english.all_captions | english.aliases:
            raise SystemExit(f"ownnames.tsv: no caption and no alias is called {said}. Write the words of captions.tsv or aliases.tsv.")
        result[said] = [normal(name) for name in (row.get(language) or "").split("|") if name]
        for name in result[said]:
            if name.startswith("~") and name[1:] in english.asked:
                raise SystemExit(f"ownnames.tsv: {name[1:]} is a picture's name in English. Take the ~ away.")
            if meant.setdefault(name.lstrip("~"), said) != said:
                raise SystemExit(f"ownnames.tsv: {name} stands for {meant[name.lstrip('~')]} and for {said}. Write it in one of these lines.")
    return result


def things(language, english, small):
    """→ {English: [names]}; every name once, our own before short names before keywords."""
    names, keywords, capital = annotations(language)
    result, taken = defaultdict(list), set(small)
    for caption, own in own_names(language, english).items():
        result[caption] += [name for name in own if name not in taken]
        taken.update(name.lstrip("~") for name in own)
    for character, caption in english.captions.items():
        name = names.get(character, "")
        if usable(name) and name not in taken and name != caption and (character not in english.faces or len(name) <= 24):
            taken.add(name)
            result[caption].append(name)
    for word, characters in sorted(meanings({}, keywords).items()):
        if word in taken or not usable(word) or not names_a_thing(word, language, capital) or not characters & english.captions.keys() - english.faces:
            continue  # what is said of faces and signs alone is a mood or a message
        said = english.said_of(word, characters)
        if said and said != word:
            taken.add(word)
            result[said].append(word)
    return result


def build():
    english = English(table("captions.tsv"))
    rows = table("smallwords.tsv")
    languages = [name for name in rows[0] if name != "english"]
    lines = ["\t".join(["english", *languages])]
    for row in rows:
        cells = [row[language] or "" for language in languages]
        if row["english"] != ">":
            cells = ["|".join(marked(word, language, english) for word in cell.split("|")) if cell else ""
                     for language, cell in zip(languages, cells)]
        lines.append("\t".join([row["english"], *cells]))
    columns = []
    for language in languages:
        small = {word for row in rows if row["english"] != ">" for word in (row[language] or "").split("|")}
        columns.append(things(language, english, small))
    for word in sorted({word for column in columns for word in column}):
        cells = ["|".join(marked(name, language, english) for name in column.get(word, []))
                 for language, column in zip(languages, columns)]
        if any(cells):
            lines.append("\t".join([word, *cells]).rstrip("\t"))
    cells = []
    for i, language in enumerate(languages, 1):
        endings = [rule.split(">") for row in rows if row["english"] == ">" for rule in (row[language] or "").split()]
        entries = {entry for line in lines[2:] for entry in (line.split("\t") + [""] * 20)[i].split("|") if entry}
        cells.append("|".join(lookalikes(endings, entries, english)))
    lines.append("\t".join(["-", *cells]).rstrip("\t"))
    return (HEAD + "\n".join(lines) + "\n").encode("utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    content = build()
    if len(content) > BUDGET:
        raise SystemExit(f"The names take {len(content)} bytes; {BUDGET} are allowed.")
    if options.check:
        raise SystemExit(0 if OUT.read_bytes() == content else f"{OUT.name} is not what captions.tsv and CLDR give. Run names.py.")
    OUT.write_bytes(content)
    print(f"{OUT.name}: {len(content)} bytes, {content.count(bytes([10]))} lines")


if __name__ == "__main__":
    main()
