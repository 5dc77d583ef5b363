#!/usr/bin/env python3
"""Fails when a text of the sources has no finished translation, or when a translation drops a place holder.

    check.py ROOT LUPDATE      runs lupdate on copies of the .ts files, so that texts that are not in them yet count too
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

PLACES = re.compile(r"%(?:L?\d+|n)")


def problems(file, plurals_only):
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            translation = message.find("translation")
            kind = translation.get("type")
            if kind in ("vanished", "obsolete"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            if kind == "unfinished" or not all(forms):
                yield f"{file.name}: {name}: not translated: {source!r}"
                continue
            if message.get("numerus") == "yes" and len(forms) != 2:
                yield f"{file.name}: {name}: needs one and many: {source!r}"
            for form in forms:
                wanted = set(PLACES.findall(source))
                found = set(PLACES.findall(form))
                if message.get("numerus") == "yes":
                    wanted.discard("%n")
                    found.discard("%n")
                if wanted != found:
                    yield f"{file.name}: {name}: place holders differ: {source!r} -> {form!r}"
            if not plurals_only and source.count("&") == 1 and source.replace("&", "") != source and all("&" not in form for form in forms):
                if re.search(r"&\w", source):
                    yield f"{file.name}: {name}: the access key is missing: {source!r} -> {forms[0]!r}"


def main():
    root, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, options in (("galley_de.ts", []), ("galley_en.ts", ["-pluralonly"])):
            copy = pathlib.Path(folder) / name
            shutil.copy(root / "translations" / name, copy)
            subprocess.run([lupdate, "-silent", *options, "-no-obsolete", "-locations", "none", "-I", str(root), str(root / "core"), str(root / "ui"),
                            str(root / "app/galley"), "-ts", str(copy)], check=True)
            found += problems(copy, bool(options))
    print("\n".join(found) if found else "every text is translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
