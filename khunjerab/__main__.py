"""`python -m khunjerab`: the same as the command."""

from khunjerab.cli import app

if __name__ == "__main__":
    app(prog_name="khunjerab")
