"""`python -m docbot`."""

from docbot.cli.main import main

if __name__ == "__main__":
    main()
