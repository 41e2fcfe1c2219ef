#!/usr/bin/env python
"""Run the sandbox: ``python sandbox/manage.py runserver``."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

# The sandbox lives beside the package and is not installed with it.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox.settings.development")
    execute_from_command_line(sys.argv)
