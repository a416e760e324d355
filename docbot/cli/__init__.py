"""The command line: one file a verb, options in, one call, a reporter, an exit code."""
