"""A GitHub to test against: real bare git repositories behind the REST API that GitHub describes.

`github.py` is the door, and all that a test needs, with `faults.py` for what shall go wrong and `people.py`
for who else is there. Behind it: `wire.py` speaks HTTP; `desk.py` has REST answered by the `api_*.py`, held
against `description.py`, and `graph_desk.py` answers GraphQL; `git_desk.py` has git answered by
`git_http.py`, with `push_rules.py`; `reviewing.py` knows where threads stand, by `lines.py`; `access.py`
says who may; `world.py` and `state.py` remember, and `bare.py` asks git. `ledger.py` has all that was
written, and `signals.py` whom and what GitHub would tell of it. `git_http.GitServer` stands alone.
"""
