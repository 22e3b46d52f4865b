"""A made-up folder of the shape of PolNeAR: texts, and beside them annotations with events."""

from pathlib import Path

TEXT = (
    "The mayor of Ötz said the bridge “is safe 🌉”.\n"
    "Officials said it was not, and that it would close. She denied that.\n"
)


def at(*words: str, text: str = TEXT) -> str:
    """Where the words stand, as brat writes it: “0 5;10 20”."""
    return ";".join(f"{text.index(each)} {text.index(each) + len(each)}" for each in words)


def entity(number: int, kind: str, *words: str, text: str = TEXT) -> str:
    """A T line."""
    return f"T{number}\t{kind} {at(*words, text=text)}\t{' '.join(words)}\n"


ANN = (
    entity(1, "Source", "The mayor of Ötz")
    + entity(2, "Cue", "said")
    + entity(3, "Content", "the bridge “is safe 🌉”.")
    + entity(4, "Attribution", "said")
    + "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    + entity(5, "Source", "Officials")
    + entity(6, "Content", "it was not", "that it would close")
    + entity(7, "Attribution", "Officials")
    + "E2\tAttribution:T7 Content:T6 Source:T5\n"
    + entity(8, "Cue", "denied")
    + entity(9, "Content", "that.")
    + entity(10, "Source", "She")
    + "E3\tAttribution:T8 Content:T9 Cue:T8 Source:T10\n"
    + "A1\tAct E3 denial\n"
    + "R1\tdenies Arg1:E3 Arg2:E2\n"
    + "#1\tAnnotatorNotes E3\tsee the council's minutes\n"
)


def write(folder: Path, *, text: str = TEXT, ann: str = ANN, name: str = "bridge") -> Path:
    """The folder with a text in one place, and its annotations by the annotator a1 in another."""
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "text" / f"{name}.txt").write_bytes(text.encode())
    (folder / "attributions" / f"{name}_a1.ann").write_bytes(ann.encode())
    return folder
