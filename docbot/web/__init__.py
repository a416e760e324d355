"""Asks the web about pages that the docs link to. The only room that does, and only where a person asks.

What it is told to ask comes from docs that anybody may have written: it connects to public addresses
alone, sends nothing that is secret, and believes no single answer.
"""
