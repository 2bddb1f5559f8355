# A service for the tests: writes what it was handed to the file told, a word a descriptor, NAME=CONTENT; then does what
# the file orders says, which it stores once, and says that it is ready.
import array
import os
import socket
import stat
import time


def tell(text, *descriptors):
    to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    path = os.environ["NOTIFY_SOCKET"]
    to.connect("\0" + path[1:] if path[0] == "@" else path)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    to.sendmsg([text.encode()], rights if descriptors else [])


def content(descriptor):
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISSOCK(mode):
        return "socket"
    return (os.read(descriptor, 100) if stat.S_ISFIFO(mode) else os.pread(descriptor, 100, 0)).decode()


names = []
if "LISTEN_FDS" in os.environ:
    assert os.environ["LISTEN_PID"] == str(os.getpid())
    names = os.environ["LISTEN_FDNAMES"].split(":")
    assert os.environ["LISTEN_FDS"] == str(len(names))
with open("told.new", "w") as told:
    told.write(" ".join(name + "=" + content(3 + number) for number, name in enumerate(names)))
os.rename("told.new", "told")

kept = []
for order in open("orders").read().splitlines():
    kind, name, text = order.split()
    if kind == "remove":
        tell("FDSTOREREMOVE=1\nFDNAME=" + name)
    elif name in names:
        continue
    elif kind.startswith("memory"):
        memory = os.memfd_create(name)
        os.write(memory, text.encode())
        message = "FDSTORE=1" if kind == "memory-without-name" else "FDSTORE=1\nFDNAME=" + name
        tell(message, memory)
        if kind == "memory-twice":
            tell(message, memory)
    else:
        # Its other end ends with this process.
        reading, writing = os.pipe()
        os.write(writing, text.encode())
        kept.append(writing)
        tell("FDSTORE=1\nFDNAME=" + name + ("\nFDPOLL=0" if kind == "pipe-unwatched" else ""), reading)
tell("READY=1")
time.sleep(1000)
