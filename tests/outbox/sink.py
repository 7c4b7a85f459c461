"""A mail server for tests: takes every message, says so in a log by Message-ID, and sometimes takes
its time before it does, or before it answers.

    sink.py LOG STORE SLOW [starttls|tls CERTIFICATE KEY]

With a certificate it takes messages over TLS only. LOG gets a line for each message that was taken; STORE, a folder, each message as it came. SLOW is the
share (0 to 1) of messages that are slow. The port is printed first, then a line for each message that
comes in. A client that goes away before the message is in the log has not delivered it; one that goes
away after has, and was never told.
"""

import asyncio
import email
import logging
import pathlib
import random
import ssl
import sys

from aiosmtpd.smtp import SMTP

LONGEST_SECONDS = 0.15


class Sink:
    def __init__(self, log, store, slow):
        self.log = open(log, "a", buffering=1)
        self.store = pathlib.Path(store)
        self.slow = slow
        self.random = random.Random(7)
        self.taken = 0

    async def dawdle(self):
        if self.random.random() < self.slow:
            await asyncio.sleep(self.random.random() * LONGEST_SECONDS)

    async def handle_DATA(self, server, session, envelope):
        print("data", flush=True)
        message = email.message_from_bytes(envelope.original_content)
        refused = str(message["Subject"]).startswith("refuse ")
        if refused:
            return str(message["Subject"]).removeprefix("refuse ")
        await self.dawdle()
        self.taken += 1
        (self.store / f"{self.taken}.eml").write_bytes(envelope.original_content)
        for recipient in envelope.rcpt_tos:
            self.log.write(f"taken {message['Message-ID']} to=<{recipient}>\n")
        await self.dawdle()
        return "250 taken"


async def main(log, store, slow, protection=None, certificate=None, key=None):
    sink = Sink(log, store, float(slow))
    loop = asyncio.get_running_loop()
    context = None
    if protection:
        # A client that does not trust the certificate goes away: that is what it is to do.
        logging.getLogger("mail.log").addHandler(logging.NullHandler())
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
    inside = {"tls_context": context, "require_starttls": True} if protection == "starttls" else {}
    around = {"ssl": context} if protection == "tls" else {}
    server = await loop.create_server(lambda: SMTP(sink, loop=loop, **inside), "127.0.0.1", 0, **around)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
