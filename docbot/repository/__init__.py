"""git: worktrees, history, and what is tracked. The only package that imports GitPython."""
