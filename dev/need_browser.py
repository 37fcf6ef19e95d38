"""Makes sure that the tests have a Chromium, or says how to get one."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW = "The browser tests need Chromium. Install it (Debian: `apt-get install chromium`) and run this again."


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def main() -> int:
    """Install Chromium where that is possible, and fail with advice where it is not."""
    if find_browser() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=environ)
    if find_browser() is None:
        print(HOW, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
