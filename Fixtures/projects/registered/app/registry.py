"""Limits that the deployment keeps in a file of its own."""

import json
import os

limits = json.loads(os.environ["NOTES_LIMITS"])
