#!/usr/bin/env python3
"""Adds a context "Galley" that holds every message once: flatten.py IN.ts OUT.ts

Half of the core is free functions, whose context lupdate guesses otherwise than the code names it. What is not found in its
own context is therefore looked up in this one (app/galley/language.cpp).
"""

import copy
import sys
import xml.etree.ElementTree as ElementTree


def main():
    tree = ElementTree.parse(sys.argv[1])
    root = tree.getroot()
    flat = ElementTree.Element("context")
    ElementTree.SubElement(flat, "name").text = "Galley"
    seen = set()
    for context in list(root.iter("context")):
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            if source not in seen:
                seen.add(source)
                flat.append(copy.deepcopy(message))
    root.append(flat)
    tree.write(sys.argv[2], encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    main()
