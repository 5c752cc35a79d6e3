"""hanging_server.py LISTEN KIND [SERVER]: a server that stops answering.

KIND is `mute` (takes the connection and says nothing), `greeting` (says that it is ready, and nothing after
that) or `first-answer` (passes on what SERVER says to the first questions, and nothing after that). It listens on
a unix socket and writes LISTEN.ready once it does.
"""
import socket
import struct
import sys
import threading

listen, kind = sys.argv[1], sys.argv[2]


def message(letter, body):
    return letter + struct.pack("!I", len(body) + 4) + body


def serve(client):
    if kind == "first-answer":
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(sys.argv[3])
        threading.Thread(target=forward, args=(client, upstream), daemon=True).start()
        answers = b""
        # Ready while in a transaction (manual 55.7), four times: the questions of the beginning.
        while answers.count(b"Z\0\0\0\5T") < 4:
            data = upstream.recv(1 << 16)
            if not data:
                return
            answers += data
            client.sendall(data)
    elif kind == "greeting":
        client.recv(1 << 16)
        client.sendall(message(b"R", struct.pack("!I", 0)) + message(b"Z", b"I"))
    threading.Event().wait()


def forward(source, sink):
    while data := source.recv(1 << 16):
        sink.sendall(data)


door = socket.socket(socket.AF_UNIX)
door.bind(listen)
door.listen(50)
open(listen + ".ready", "w").close()
while True:
    accepted, _ = door.accept()
    threading.Thread(target=serve, args=(accepted,), daemon=True).start()
