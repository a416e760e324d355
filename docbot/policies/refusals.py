"""Whether a sentence refuses what docbot would send. Where that isn't certain, a person has to decide.

The patterns read the tagged words of `wording`. A refusal needs three things in one clause: who or what is
meant, a no, and nothing that narrows either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docbot.policies.files import Role
from docbot.policies.values import Kind, Meaning
from docbot.policies.wording import gap

_CLAUSE = re.compile(r" ; |(?: ,)? (?:but|however|although|though|whereas) (?!not )| [—–-] | \.\.\. ")

_ON = (
    r"(?:be|been|being|currently|longer|at|all|this|time|going|to|able|willing|in|any|way|ever|also|strictly"
    r"|explicitly|knowingly|yet|generally|usually|typically|normally)"
)
_NEVER = rf"(?:not|never|no longer)(?: {_ON}){{0,4}}"
_ACCEPT = (
    r"(?:accept|allow|permit|welcom|merg|committed|considered|considering|reviewed|tolerat|approv|entertain"
    r"|want(?! to)|tak(?:e|en|ing)\b|receiv|desir|appreciat|support(?:ed)?\b)"
)
_FORBID = (
    r"(?:clos(?:e|ed|ing)|reject\w*|refus\w+|declin\w+|den(?:y|ied|ies)|delet\w+|bann?(?:ed|ing|s)?|blocked"
    r"|ignored|revert(?:ed)?|forbid\w*|prohibit\w*|disallow\w*|unwelcome|unacceptable|discarded|dismissed|outlawed|discourag\w+"
    r"|(?:labell?ed|marked|flagged|treated|reported|regarded)(?: as)? (?:spam|invalid|abuse))"
)
_ACT = (
    r"(?:submit|open|send|post|create|make|contribute|propose|file|use|using|include|generate|push|commit|let|add"
    r"|rely|contain|employ|involve|have|raise|be MADE|be used|allow)"
)
_NOT_ACCEPTED = re.compile(rf"\b{_NEVER} {_ACCEPT}")
_NOT_FORBIDDEN = re.compile(rf"\b(?:not|never|no longer|nor){gap(3)} {_FORBID}\b")
_FORBIDDEN = re.compile(
    rf"\b{_FORBID}\b|\b(?:are|is) not(?: ,|\Z)|\b(?:not|never){gap(2)} {_ACT}\b|\brefrain(?:ing)? from\b"
    r"|\bavoid\b|\bstop (?:opening|sending|submitting)\b|\bzero tolerance\b"
)
_PERMITTED = re.compile(
    r"\b(?:are|is)(?: [^ ]+)? (?:welcome|allowed|accepted|fine|ok|okay|permitted|encouraged|appreciated)\b"
    r"|\bwe (?:do |also |explicitly )?(?:welcome|accept|allow|encourage|permit)\b"
    r"|\byou (?:may|can|are free to) use\b"
)
_NARROWED = re.compile(
    r"\b(?:unless|only (?:if|when|for)|except|without|until|we used to|if(?!(?: [^ ]+){0,8} (?:AI|BOT)\b)"
    r"|that (?:you|have not|has not|do not|does not|lack|lacks|are not|is not|can not|fail)"
    r"|which (?:you|do not|are not)|fully|entirely|purely|solely|wholly|primarily|mostly|completely"
    r"|exclusively"
    r"|(?<!or )(?<!and )low|poor|bad|non reviewed|blindly|raw|obvious(?:ly)?|slop|clearly|substantial(?:ly)?"
    r"|un(?:reviewed|disclosed|edited|tested|verified|checked|supervised|attended)"
    r"|(?<!as )(?<!considered )(?<!or )spam|large|huge|bulk|mass|excessive|repeated(?:ly)?|verbatim|as is"
    r"|usually|generally|typically|normally|often|likely|probably|tend|may(?! not)|might|reserves?|discretion"
    r"|disclos\w+|discourag\w+|(?:other|some|many|several) (?:projects|communities|maintainers|repositories)"
    r"|on its own|on their own|by itself|autonomous(?:ly)?|meaningless|more than \d+)\b"
)
_HUMAN = re.compile(
    r"\b(?:humans?|fully|entirely|purely|solely|wholly|review\w*|unreviewed|understand\w*|verif\w+|responsib\w+"
    r"|un(?:supervised|attended|checked|verified|tested)|on its own|on their own|by itself|autonomous(?:ly)?"
    r"|blindly|raw)\b"
)
_MANY = re.compile(r"\b(?:bulk|mass|large|huge|excessive|number|repeated(?:ly)?|more than \d+)\b")

_W = r"(?:WORK|CODE|CHANGE)"
_MID = (
    r"(?:,|and|or|the|any|such|unsolicited|drive|by|trivial|TYPO|only|formatting|style|whitespace|refactoring"
    r"|dependency|dependencies|update|doc|new|other|similar|low|quality|effort|full|fully|spam|slop|AI|BOT|AUTO|MADE"
    rf"|{_W}|based|human|free|small|large|bulk|mass|agent|agents|raw|pure|purely)"
)
_VIA = (
    r"(?:the|a|an|any|help|use|of|assistance|aid|in|part|or|whole|by|from|with|using|tools?|such|as|,|and|heavily"
    rf"|mostly|PR|known|suspected|to|be|been|have|has|either|all|it|like|some|via|through|MADE|derive|include|{_W})"
)
_SEND = r"(?:open|submit|send|create|file|raise|make)"
_MADE_WITH = rf"(?:MADE|using|with|from|by|contain\w*|derived)(?: {_VIA}){{0,8}} AI\b"
_BY_BOT = re.compile(
    rf"\bBOT(?: {_MID}){{0,3}} (?:PR|CHANGE)\b|\bAUTO(?: MADE)?(?: {_MID}){{0,3}} PR\b"
    rf"|\bPR(?: {_MID}| that| which| are| were| is){{0,4}} MADE{gap(3)} (?:by|from|with|via){gap(3)} BOT\b"
    rf"|\bPR (?:by|from|of|through|via){gap(2)} BOT\b"
    rf"|\b(?:not|never){gap(4)} BOT{gap(4)} {_SEND}{gap(2)} PR\b"
    rf"|\bBOT{gap(3)} (?:not|never){gap(2)} {_SEND}{gap(2)} PR\b"
)
_BY_AI = re.compile(
    rf"\bAI(?: {_MID}){{0,5}} PR\b|\bPR{gap(8)} AI MADE\b"
    rf"|\bPR{gap(8)} (?:MADE|derive[sd]?)(?: {_VIA}){{0,8}} AI\b"
    rf"|\bPR{gap(4)} (?:us(?:ing|ed?|es)|contain\w*|involv\w*|includ\w*|from|by|with|had)"
    rf"(?: {_VIA}){{0,8}} AI\b"
    rf"|\b(?:not|never){gap(4)} AI{gap(4)} {_SEND}{gap(2)} PR\b"
    rf"|\bAI{gap(3)} (?:not|never){gap(2)} {_SEND}{gap(2)} PR\b"
    rf"|\bPR{gap(3)} (?:where|whose|for which|in which){gap(3)} AI\b"
)
_AI_WORK = re.compile(
    rf"\bAI(?: {_MID}){{0,4}} {_W}\b|\b{_W}{gap(6)} {_MADE_WITH}|\bcontribut\w+{gap(8)} {_MADE_WITH}"
)
_USE = re.compile(rf"\b(?:use|using|usage)(?: {_VIA}){{0,4}} AI\b|\bAI (?:use|usage)\b")
_USE_AT_ALL = re.compile(
    rf"\b(?:use|using|usage)(?: {_VIA}){{0,4}} AI(?: here| please| at all| in any (?:form|way)| is| are"
    rf"| not| strictly| explicitly| {_FORBID}| {_ACCEPT}\w*)*\Z"
)
_OURS = re.compile(r"\b(?:PR|WORK|CODE|CHANGE|contribut\w+|project|repository|repo)\b")
_PROPOSED = re.compile(r"\b(?:PR|WORK|CHANGE|contribut\w+)\b")
_NOT_PROPOSED = re.compile(
    r"\b(?:issues?|descriptions?|discuss\w*|reports?|messages?|repl(?:y|ies)|comments?|questions?|emails?|security"
    r"|vulnerabilit\w+|translat\w+|images?|art|artwork|tests?|review(?:s|ers?|ing)?|answer\w*|respon(?:se|ses|d)"
    r"|communicat\w+|co authored by|signed off by)\b"
)
_NO = re.compile(
    rf"\bno (?:(?:more|new|fully|unsupervised|unreviewed) )?(?P<who>AI|BOT|AUTO)(?: {_MID}){{0,4}}"
    r"(?=\Z| [,;:]| please| PR| WORK| CODE| CHANGE| allowed| polic\w+| of any| whatsoever| in | for | at )"
)
_TYPOS = re.compile(
    rf"\bTYPO(?: {_MID}){{0,3}} (?:PR|CHANGE|corrections?)\b|\bno TYPO\b"
    rf"|\bPR{gap(6)} (?:CHANGE|fixing|correct\w*|for){gap(4)} TYPO\b"
)
_IN_A_PART = re.compile(r"\b(?:in|inside|within) (?!this|our|the (?:repo|project)|any|all|general|WORK|PR)")
_ISSUE = re.compile(r"\bissues?\b")
_COSMETIC = re.compile(
    rf"\b(?:whitespace|formatting|cosmetic|stylistic|trivial|reformat\w*|minor)(?: {_MID}){{0,3}}"
    r" (?:PR|CHANGE)\b"
    rf"|\bPR{gap(6)} (?:whitespace|formatting|cosmetic|stylistic|trivial)\b"
)
_STRANGERS = re.compile(
    rf"\bPR (?:from|by|of){gap(3)} (?:users|contributors|accounts|people|authors|outsiders)\b"
)
_ONLY_TYPOS = re.compile(rf"\b(?:not|never) (?:just|only|merely|simply) CHANGE{gap(2)} TYPO\b")
_BY_HUMANS = re.compile(
    # Without such a word it may only say that a person has to open it.
    r"(?=.*\b(?:all|every|everything|actual|real)\b)"
    rf".*\b(?:PR|everything)(?: must| should| shall| need to| have to| are to){gap(3)} (?:MADE|come){gap(2)}"
    r" (?:by|from)(?: a| actual| real)* (?:humans?|people|person)\b(?! who)"
)
_ANY = (
    r"(?: any| direct| external| outside| public| community| new| third party| unsolicited| CODE| WORK| PR"
    r"| or| and| ,| issues)*"
)
_HERE = (
    r"(?: here| on github| via PR| currently| right now| yet| anymore| any more| any longer| or modifications"
    r"| (?:to|in|on|for|against|via|through) (?:this|the) (?:repo|repository|project|mirror|github)"
    r"| at (?:this|the) (?:time|moment|present)"
    r"| from (?:the |any )?(?:public|community|outside|external|anyone)(?: contributors)?)*"
)
_NO_PULLS = re.compile(
    rf"\b(?:we|repo|repository|project|it|currently|and)\b{gap(3)} {_NEVER} (?:accept|tak)(?:s|e|ing)?"
    rf"{_ANY} PR(?={_HERE}(?:\Z| [,;:]| so | please | and ))"
    rf"|\bPR(?: MADE| here| to this \w+)*(?: are| will be| is)? (?:not|never) (?:be )?"
    rf"(?:accepted|merged|considered|welcome)(?={_HERE}\Z)"
    rf"|\b(?:not|never) {_SEND}(?: any| a)? PR(?={_HERE}(?:\Z| , (?:as|they|because)))"
)
_GONE = re.compile(
    rf"\bthis (?:WORK |github )?(?:repo|repository|project){gap(2)} (?:is|has been)(?: now)?"
    r" (?:an? )?(?:archived|deprecated|(?:read only |public )?mirror)\b"
    r"|\b(?:this|these)(?: [^ ]+){0,3} (?:is|are) no longer(?: being| actively)* maintained\b"
    r"|\Aread only mirror\b"
)
_WHEN = re.compile(r"\b(?:if|when|once|after|unless)\b")


def refused(words: str, role: Role, *, about_ai: bool) -> Iterator[Meaning]:
    """What a sentence of tagged `words` in a file of `role` refuses, clause by clause.

    `about_ai` tells whether it stands under a heading, or in a file, about AI.
    """
    if role in (Role.README, Role.GUIDE) and _GONE.search(words) and not _WHEN.search(words):
        yield Meaning.ELSEWHERE
    for clause in _CLAUSE.split(words):
        found = _in_clause(clause, role, about_ai)
        if found is not None:
            yield found if _may_say(found, role) else Meaning.DOUBT


def _may_say(found: Meaning, role: Role) -> bool:
    """A guide's page may be about another repository, and what agents are told not to do people may do."""
    if role is Role.AGENTS:
        return found is not Meaning.NO_PULLS
    return role is not Role.PAGE or found.kind is not Kind.STOP


def _in_clause(clause: str, role: Role, about_ai: bool) -> Meaning | None:
    stop = _what(clause, role)
    if stop is not None:
        return _why(clause) if _is_narrowed(clause, stop) else stop
    if _ONLY_TYPOS.search(clause):
        return Meaning.DOUBT
    return _why(clause) if _says_no(clause) and _is_near(clause, role, about_ai) else None


def _says_no(clause: str) -> bool:
    if _NOT_ACCEPTED.search(clause):
        return True
    return _FORBIDDEN.search(_NOT_FORBIDDEN.sub("permitted", clause)) is not None


def _what(clause: str, role: Role) -> Meaning | None:
    """What the clause says no to, be it narrowed or not."""
    if _NO_PULLS.search(clause) and not {"AI", "BOT", "AUTO", "TYPO"} & set(clause.split()):
        return Meaning.NO_PULLS
    if _BY_HUMANS.search(clause):
        return Meaning.NO_AI
    no = _NO.search(clause)
    if no and (role is not Role.README or "PR" in clause.split()):
        return Meaning.NO_AI if no["who"] == "AI" else Meaning.NO_BOTS
    if not _says_no(clause):
        return Meaning.NO_TYPOS if re.search(r"\bno TYPO (?:PR|CHANGE)", clause) else None
    if _BY_AI.search(clause) or (role is not Role.README and _means_ai(clause)):
        return Meaning.NO_AI
    if _BY_BOT.search(clause):
        return Meaning.NO_BOTS
    return Meaning.NO_TYPOS if _TYPOS.search(clause) and not _ISSUE.search(clause) else None


def _means_ai(clause: str) -> bool:
    """Whether what AI made, or AI itself, is the matter, and nothing that docbot doesn't send."""
    if _AI_WORK.search(clause):
        return True
    if not _USE.search(clause) or (_NOT_PROPOSED.search(clause) and "PR" not in clause.split()):
        return False
    return _OURS.search(clause) is not None or _USE_AT_ALL.search(clause) is not None


def _is_narrowed(clause: str, stop: Meaning) -> bool:
    if stop is Meaning.NO_TYPOS and _IN_A_PART.search(clause):
        return True
    if stop is Meaning.NO_AI and "CODE" in clause.split() and not _PROPOSED.search(clause):
        return True
    rest = _NOT_ACCEPTED.sub(" ", clause)
    return bool(_NARROWED.search(clause) or _PERMITTED.search(rest))


def _is_near(clause: str, role: Role, about_ai: bool) -> bool:
    """Whether a clause that says no may mean what docbot sends."""
    if role is Role.README:
        return False
    if _COSMETIC.search(clause) or _STRANGERS.search(clause):
        return True
    if re.search(r"\bAI\b", clause):
        return _OURS.search(clause) is not None or _NOT_PROPOSED.search(clause) is not None
    return about_ai and re.search(r"\b(?:PR|contribut\w+)\b", clause) is not None


def _why(clause: str) -> Meaning:
    """What a person has to think about before they say yes."""
    if re.search(r"\b(?:un)?disclos\w+", clause):
        return Meaning.DISCLOSE
    if _HUMAN.search(clause):
        return Meaning.HUMAN
    return Meaning.LARGE if _MANY.search(clause) else Meaning.DOUBT
