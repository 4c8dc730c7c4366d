#!/usr/bin/python3
"""A mail server for tests. Usage: smtp_server.py FOLDER

Listens on a free port of 127.0.0.1 and prints "ready PORT". Each accepted message becomes FOLDER/NNNNNN.eml.
The recipient's local part chooses a fault: temp... 451, perm... 550, limit... 421 after the data, spam... 554 after the data,
drop... the connection is cut, slow... the answer comes after half a second, auth... 530 as a server that wants a password.
A file FOLDER/refuse makes the server answer 550 to everybody, as some do to a wrong password.
"""
import asyncio
import itertools
import os
import sys

from aiosmtpd.smtp import SMTP

folder = sys.argv[1]
numbers = itertools.count(1)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if os.path.exists(os.path.join(folder, "refuse")):
            return "550 5.7.1 relaying denied"
        for fault, answer in (("temp", "451 4.3.0 try later"), ("perm", "550 5.1.1 no such user"), ("auth", "530 5.7.0 authentication required")):
            if address.startswith(fault):
                return answer
        if address.startswith("drop"):
            server.transport.abort()
            return "250 OK"
        if address.startswith("slow"):
            await asyncio.sleep(0.5)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        if recipient.startswith("limit"):
            return "421 4.7.0 too many"
        if recipient.startswith("spam"):
            return "554 5.7.1 rejected"
        name = os.path.join(folder, f"{next(numbers):06d}")
        with open(name + ".part", "wb") as file:
            file.write(envelope.original_content)
        os.rename(name + ".part", name + ".eml")
        return "250 OK queued"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), enable_SMTPUTF8=True, loop=loop), "127.0.0.1", 0)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
