"""The gates: every draft is tried on its page, and each gate says whether it may leave, and why not.

Gates check form, not truth: they prove that an edit changes what its finding is about and nothing else.
First a draft must fit its page (blob-unchanged, edits-apply); then all in `GATES` are asked, in order. A
draft whose words a model wrote is asked more: `FIRST` before anything reads it, and `MEANING` at the end.
"""

from docbot.gates.examiner import Examiner, combined
from docbot.gates.form import GATES, same_front_matter
from docbot.gates.generated import FIRST, MEANING
from docbot.gates.proof import meaning_proof, shared_gates
from docbot.gates.trial import Gate, Trial

__all__ = [
    "FIRST",
    "GATES",
    "MEANING",
    "Examiner",
    "Gate",
    "Trial",
    "combined",
    "meaning_proof",
    "same_front_matter",
    "shared_gates",
]
