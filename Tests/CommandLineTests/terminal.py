"""terminal.py ROWS COMMAND…: runs a command on a terminal of that many rows and 80 columns.

What the terminal shows goes to standard output; the exit code is that of the command.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

process, terminal = pty.fork()
if process == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", int(sys.argv[1]), 80, 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
while True:
    try:
        shown = os.read(terminal, 65536)
    except OSError:
        break
    if not shown:
        break
    os.write(1, shown)
_, status = os.waitpid(process, 0)
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
