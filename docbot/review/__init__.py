"""Reviews a change of docs, hunk by hunk, whoever made it: what it fixes, adds, and leaves as it was.

Pure: pages, findings and facts of both sides are handed in.
"""
