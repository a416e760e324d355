"""What readers said of the docs, in issues: taken apart, held against the site, and placed on its pages.

Everything here is a plain function of values. Issues are hostile input: any of them may hold anything.
"""
