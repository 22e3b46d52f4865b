#!/usr/bin/env python3
"""Django's command line; `demo` and `verify` first set up what they run on."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] and sys.argv[1] in {"demo", "verify"}:
        from newsroom import bootstrap

        bootstrap.prepare(sys.argv[1:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
