"""The drafter that asks a language model. Off unless a person turns it on; nothing it writes is ever safe.

`chosen` says which model is asked and what it may cost, `prompts` what leaves the machine, `endpoint` sends
it (the only module that imports the openai client), `asking` spends the budget, `answers` turns what comes
back into edits, and `drafter` is what the rest of docbot knows of all this.
"""
