"""Plants every cause in every scheme it can occur in, and writes `tests/vectors/matrix`.

`python3 tests/matrix/matrix.py` rewrites the files; `--check` only says whether that would change anything. The signatures
are Python's own, over texts that are put together here.
"""

import json
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent / "vectors" / "matrix"

sys.path.insert(0, str(HERE))

import carried  # noqa: E402, F401
import damaged  # noqa: E402, F401
import fields  # noqa: E402, F401
import paths  # noqa: E402, F401
from cell import MISTAKES, Cell, beside  # noqa: E402
from model import REQUESTS  # noqa: E402
from rules import REASONS, RULES, gap  # noqa: E402
from tokens import OTHERS  # noqa: E402
import pairs  # noqa: E402
import triples  # noqa: E402

ORDER = ["oss", "kodo", "ks3", "cos", "s3"]
SCHEMES = sorted(REQUESTS + OTHERS, key=lambda scheme: ORDER.index(scheme.provider))


def cells(scheme, control):
    """Every cause with the ways it is planted, or with the reason why it cannot occur."""
    found = []
    for code in RULES:
        missing = gap(code, scheme)
        if missing:
            found.append({"cause": code, "reason": missing})
            continue
        ways = [(name, plant) for name, of, plant in MISTAKES.get(code, []) if of is None or of(scheme)]
        if not ways:
            raise SystemExit(f"{code} can occur in {scheme.id} and is not planted")
        for name, plant in ways:
            cell = Cell(scheme)
            plant(cell)
            found.append({"cause": code, "way": name.replace("_", "-"), **beside(control, cell.done())})
    return found


def write(folder):
    unknown = set(MISTAKES) - set(RULES)
    if unknown:
        raise SystemExit(f"planted and without a rule: {sorted(unknown)}")
    count, used = 0, set()
    for scheme in SCHEMES:
        control = Cell(scheme).done()
        own = cells(scheme, control)
        used |= {one["reason"] for one in own if "reason" in one}
        lines = [json.dumps(one, ensure_ascii=False) for one in own]
        count += sum('"way"' in line for line in lines)
        head = json.dumps({"scheme": scheme.id, "control": control}, ensure_ascii=False)
        (folder / f"{scheme.id}.jsonl").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    idle = set(REASONS) - used
    if idle:
        raise SystemExit(f"reasons that nothing needs: {sorted(idle)}")
    for name, together in ("pairs", pairs.planted(SCHEMES)), ("triples", triples.planted()):
        text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in together)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    reasons = {word: dict(zip(("en", "zh"), texts)) for word, texts in sorted(REASONS.items())}
    (folder / "reasons.json").write_text(json.dumps(reasons, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return count


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as new:
        count = write(pathlib.Path(new))
        if "--check" in sys.argv:
            stale = sorted({name for name, _ in files(pathlib.Path(new)).items() ^ files(FOLDER).items()})
            if stale:
                raise SystemExit("tests/vectors/matrix is not what tests/matrix/matrix.py writes: " + ", ".join(stale[:5]))
        else:
            shutil.rmtree(FOLDER, ignore_errors=True)
            shutil.copytree(new, FOLDER)
    print(f"{count} planted causes in {len(SCHEMES)} schemes")
