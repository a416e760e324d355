"""docbot as a step of a GitHub workflow: the command line, with a workflow's inputs and outputs around it."""
