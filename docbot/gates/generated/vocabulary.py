"""Words of English that the gates know: which carry no content, which are empty, and what a word's stem is.

The lists are closed on purpose. What isn't in them counts as content, so what they lack makes a gate refuse.
"""

from __future__ import annotations

from functools import lru_cache

CONTRACTIONS: dict[str, tuple[str, ...]] = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "i'm": ("I", "am"),
}

UNITS: dict[str, str] = {
    **dict.fromkeys(("B", "byte", "bytes"), "B"),
    **dict.fromkeys(("KB", "kB", "kb", "kilobyte", "kilobytes"), "KB"),
    **dict.fromkeys(("MB", "mb", "megabyte", "megabytes"), "MB"),
    **dict.fromkeys(("GB", "gb", "gigabyte", "gigabytes"), "GB"),
    **dict.fromkeys(("TB", "tb", "terabyte", "terabytes"), "TB"),
    **{
        unit: unit
        for unit in "KiB MiB GiB TiB PB Kb Mb Gb kbps Mbps Gbps Hz kHz MHz GHz mm cm m km dpi pt".split()
    },
    **dict.fromkeys(("bit", "bits"), "bits"),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("week", "weeks"), "weeks"),
    **dict.fromkeys(("month", "months"), "months"),
    **dict.fromkeys(("year", "years"), "years"),
    **dict.fromkeys(("%", "percent"), "%"),
    **dict.fromkeys(("px", "pixel", "pixels"), "px"),
    **dict.fromkeys(("inch", "inches"), "inches"),
    **dict.fromkeys(("core", "cores"), "cores"),
    **dict.fromkeys(("dollar", "dollars", "USD"), "USD"),
    **dict.fromkeys(("euro", "euros", "EUR"), "EUR"),
    **dict.fromkeys(("am", "AM"), "AM"),
    **dict.fromkeys(("pm", "PM"), "PM"),
}
"""What a number may carry, and the one way it is said here."""

SPELLED = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=2,
    )
} | {
    "zero": "0",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    **{word: word for word in "hundred thousand million billion dozen half twice".split()},
}
"""Spelled or in digits is the same number. “one” is left out: more often it is no number."""

PRONOUNS = frozenset(
    "it its they them their theirs this that these those he she his her which who one ones itself "
    "themselves".split()
)
"""Words that a rewrite may replace by the noun they stand for."""

MODALS = frozenset("must can could should shall will would may might".split())

_FORM = frozenset(
    """
    a an the and or but nor so yet for of to in on at by with from into onto upon about as than via per
    within between among through throughout across over under during against toward towards along around
    near off out up down back away behind beside besides beyond inside outside i you we he she it they me
    him us them my your our his her its their mine yours ours theirs myself yourself itself themselves this
    that these those who whom whose which what where when why how whether if unless until while because
    since although though once after before am is are was were be been being do does did doing done have has
    had having not no never without only except neither either none nothing nobody all any each every both
    some most many few several much more less least fewer other others another such same also too then now
    here there thus hence therefore however otherwise instead again already still even just yet else first
    next last finally need needs needed ought etc e.g i.e vs
    """.split()
)
STOP = _FORM | MODALS
"""Words of form: they carry no content of their own. Those that matter for the meaning have gates."""

EMPTY = frozenset(
    """
    please kindly simply easily really very quite rather basically actually essentially
    certainly surely sure obviously clearly
    order purpose purposes fact way ways manner case cases event regard regards respect relation thing things
    basis extent kind kinds sort sorts
    procedure functionality capability ability able capable possible necessary available important
    essential worth note noted mind aware remember ensure
    perform performs performed performing carry carries carried carrying conduct conducts conducted
    make makes making made provide provides provided providing
    use uses used using utilize utilizes utilized utilizing utilise utilises utilised utilising
    various certain particular specific respective own existing actual corresponding
    following above below said mentioned due well prior
    time moment amount number
    """.split()
)
"""Words that often can go without a loss ("perform an installation", "in order to", "please")."""
_EMPTY_MARK = "~"

_IRREGULAR = {
    "written": "write",
    "wrote": "write",
    "ran": "run",
    "chosen": "choose",
    "chose": "choose",
    "sent": "send",
    "built": "build",
    "found": "find",
    "shown": "show",
    "known": "know",
    "kept": "keep",
    "left": "leave",
    "began": "begin",
    "begun": "begin",
    "held": "hold",
    "meant": "mean",
    "told": "tell",
    "said": "say",
    "seen": "see",
    "saw": "see",
    "went": "go",
    "gone": "go",
    "used": "use",
    "using": "use",
    "uses": "use",
    "usage": "use",
    "selection": "select",
}
_ENDINGS = (
    *(
        "izations",
        "isations",
        "ization",
        "isation",
        "ations",
        "ation",
        "ating",
        "ators",
        "ator",
        "ated",
        "ates",
    ),
    *("ments", "ment", "ness", "ings", "ing", "edly", "ed", "ions", "ion", "ers", "er", "ors", "or", "ies"),
    *("ate", "ize", "ise", "es", "s", "ly", "e", "y"),
)
_SHORTEST = 3
"""Letters of a stem."""


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """What the forms of a word (in lower case) share: “install” of “installation” and “installed”."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


def key_of(lower: str) -> str:
    """What a word (in lower case) counts as: its stem, marked where the word is empty."""
    return f"{_EMPTY_MARK}{stem(lower)}" if lower in EMPTY else stem(lower)


def is_empty(key: str) -> bool:
    """Whether a word that counts as `key` says nothing by itself."""
    return key.startswith(_EMPTY_MARK)


_PLAINER = """
utilize/use utilise/use terminate/stop terminate/end cease/stop halt/stop retrieve/get obtain/get
acquire/get fetch/get commence/start commence/begin initiate/start launch/start begin/start allow/let
permit/let permit/allow enable/let require/need assist/help aid/help facilitate/help modify/change
alter/change amend/change locate/find discover/find select/choose pick/choose display/show present/show
demonstrate/show indicate/show attempt/try endeavor/try purchase/buy sufficient/enough additional/more
additional/extra numerous/many multiple/several subsequent/later execute/run invoke/run invoke/call
perform/run perform/do transmit/send dispatch/send verify/check validate/check confirm/check construct/build
generate/create produce/create contain/have comprise/have possess/have function/work operate/work
complete/finish conclude/end determine/find identify/find navigate/go proceed/go describe/explain
regard/about concern/about approximate/about initial/first final/last entire/whole
"""
"""What style guides write instead of what."""
_PLAIN_STEMS = frozenset(
    frozenset((stem(a), stem(b))) for a, _, b in (pair.partition("/") for pair in _PLAINER.split())
)


def says_the_same(one: str, other: str) -> bool:
    """Whether two stems are of words that style guides exchange for each other."""
    return frozenset((one, other)) in _PLAIN_STEMS
