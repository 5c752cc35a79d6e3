"""silent_name_server.py COMMAND...: runs a command whose lookups of names are taken and never answered.

To be run in a network and mount namespace of its own (unshare -rmn): it switches the loopback interface on
and puts a name server there that says nothing (resolv.conf(5)).
"""
import fcntl
import socket
import struct
import subprocess
import sys
import tempfile

SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40

with tempfile.NamedTemporaryFile("w") as settings:
    settings.write("nameserver 127.0.0.1\noptions timeout:30 attempts:5\n")
    settings.flush()
    subprocess.run(["mount", "--bind", settings.name, "/etc/resolv.conf"], check=True)
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    fcntl.ioctl(door, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", IFF_UP | IFF_RUNNING, b""))
    door.bind(("127.0.0.1", 53))
    code = subprocess.call(sys.argv[1:])
    door.settimeout(0)
    try:
        door.recv(1 << 16)
    except BlockingIOError:
        sys.exit("no name was looked up")
    sys.exit(code)
