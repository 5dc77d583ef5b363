#!/usr/bin/env python3
"""Fails on every #include that the layers of the architecture do not allow.

    check_includes.py ROOT          checks the tree
    check_includes.py --self-test   plants one forbidden include of every kind and shows that each is found
"""

import pathlib
import re
import sys
import tempfile

# layer -> the layers whose headers it may include (besides itself).
BASE = {"core/base"}
VALUES = BASE | {"core/template", "core/imaging", "core/settings", "core/prompt", "core/render"}
ALLOWED = {
    "core/base": set(),
    "core/settings": BASE,
    "core/imaging": BASE,
    "core/net": BASE,
    "core/template": BASE,
    "core/prompt": BASE | {"core/template"},
    "core/render": BASE | {"core/template", "core/prompt"},
    "core/routing": BASE | {"core/template", "core/prompt", "core/render"},
    "core/composition": BASE | {"core/template", "core/imaging"},
    "core/store": BASE | {"core/template", "core/prompt", "core/render", "core/imaging"},
    "core/review": BASE | {"core/template", "core/prompt", "core/render", "core/imaging", "core/store"},
    "core/engines": BASE | {"core/template", "core/prompt", "core/render", "core/imaging", "core/net"},
    "core/service": VALUES | {"core/net", "core/routing", "core/store", "core/review", "core/composition", "core/engines"},
    "core/diffusion": set(),
    "ui": VALUES | {"core/routing", "core/store", "core/review", "core/composition", "core/service"},
    "app/galley": VALUES | {"core/routing", "core/store", "core/review", "core/composition", "core/service",
                            "core/engines", "core/net", "ui"},
    "app/worker": {"core/diffusion"},
}
# Libraries by layer: who may include what from outside.
WIDGETS = re.compile(r"Q(Widget|Dialog|MessageBox|MainWindow|Dock|Push|Tool(Bar|Button)|Label|LineEdit|Menu|Application$|ApplicationStatic)")
TORCH = re.compile(r"(torch|ATen|c10)/")
QT = re.compile(r"(Q[A-Z]\w+|Qt\w*/.*|qt\w*\.h)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def layer_of(path):
    """The layer that the file or include path `path` belongs to, or None."""
    for layer in sorted(ALLOWED, key=len, reverse=True):
        if path == layer or path.startswith(layer + "/"):
            return layer
    return None


def problems(root):
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.suffix not in (".h", ".cpp") or not path.startswith(("core/", "ui/", "app/")):
            continue
        layer = layer_of(path)
        if layer is None:
            yield f"{path}: this folder is in no layer; add it to tests/layering/check_includes.py and to the architecture"
            continue
        text = file.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            name = match.group(2)
            place = f"{path}:{line}: "
            if match.group(1) == '"':
                if name.startswith(".."):
                    yield place + f'"{name}": includes start at the root of the tree'
                target = layer_of(name)
                if target is None and "/" in name:
                    yield place + f'"{name}" is in no layer'
                elif target is not None and target != layer and target not in ALLOWED[layer]:
                    yield place + f"{layer} may not include {target}"
            else:
                torch_side = layer in ("core/diffusion", "app/worker")
                if TORCH.match(name) and not torch_side:
                    yield place + "only core/diffusion and app/worker see libtorch"
                if QT.match(name) and torch_side:
                    yield place + f"{layer} has no Qt"
                if layer.startswith("core/") and WIDGETS.match(name):
                    yield place + "core links no Widgets"


PLANTED = {
    "core/template/a.cpp": '#include "core/prompt/promptcompiler.h"\n',
    "core/base/b.h": '#include "core/template/template.h"\n',
    "ui/design/c.cpp": '#include "core/engines/local/localengine.h"\n',
    "core/prompt/d.cpp": "#include <QMessageBox>\n",
    "core/imaging/e.cpp": "#include <torch/torch.h>\n",
    "core/diffusion/f.cpp": "#include <QString>\n",
    "app/worker/g.cpp": '#include "core/base/result.h"\n',
    "core/other/h.cpp": "\n",
}


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in PLANTED.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        (root / "core/prompt/fine.cpp").write_text('#include "core/template/template.h"\n#include <QString>\n')
        found = list(problems(root))
    missing = [path for path in PLANTED if not any(problem.startswith(path + ":") for problem in found)]
    if missing or len(found) != len(PLANTED):
        print("planted but not found:", missing, "found:", *found, sep="\n")
        return 1
    print(f"{len(found)} planted includes found")
    return 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found) if found else "every include follows the layers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
