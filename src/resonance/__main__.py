"""`python -m resonance` is the `resonance` command."""

from resonance.cli.main import main

if __name__ == "__main__":
    main()
