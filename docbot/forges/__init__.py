"""Code hosts, and what docbot leaves on one to remember by. `interface` says what docbot needs of a host."""
