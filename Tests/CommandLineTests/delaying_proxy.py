"""delaying_proxy.py LISTEN SERVER SECONDS REPORT: a line to a server that is far away.

Forwards one unix socket to another, every byte after a delay in each direction that makes SECONDS for a round
trip. After each client it writes one line to REPORT: how many times the client, after the first answer "ready for
query" (manual 55.2), sent something after it had got an answer: its round trips.
"""
import os
import selectors
import socket
import sys
import time

listen, server, seconds, report = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]


def serve(client):
    upstream = socket.socket(socket.AF_UNIX)
    upstream.connect(server)
    poll = selectors.DefaultSelector()
    for end in (client, upstream):
        end.setblocking(False)
        poll.register(end, selectors.EVENT_READ)
    waiting = []  # (when, to whom, bytes)
    ready = False
    clients_turn = False
    trips = 0
    received = b""
    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else 10
        for key, _ in poll.select(pause):
            try:
                data = key.fileobj.recv(1 << 16)
            except OSError:
                data = b""
            if not data:
                for when, to, rest in waiting:
                    if to is upstream:
                        upstream.sendall(rest)
                return trips
            if key.fileobj is client and ready:
                # What ends the session asks for nothing.
                if clients_turn and data[:1] != b"X":
                    trips += 1
                clients_turn = False
            other = client if key.fileobj is upstream else upstream
            waiting.append((time.monotonic() + seconds / 2, other, data))
        while waiting and waiting[0][0] <= time.monotonic():
            _, to, data = waiting.pop(0)
            to.setblocking(True)
            try:
                to.sendall(data)
            except OSError:
                return trips
            to.setblocking(False)
            if to is client:
                received = (received + data)[-6:]
                ready = ready or received == b"Z\0\0\0\5I"
                clients_turn = True


door = socket.socket(socket.AF_UNIX)
door.bind(listen)
door.listen(5)
open(report, "w").close()
while True:
    client, _ = door.accept()
    trips = serve(client)
    client.close()
    with open(report, "a", encoding="ascii") as file:
        file.write(f"{trips}\n")
