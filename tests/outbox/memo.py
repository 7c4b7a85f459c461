"""The messages of crates/server/src/outbox/memo/tests.rs, written by python-serviceplatformen: what
our own XML is compared with, element by element. `cargo xtask test memo` shows that they still are;
this writes them anew:

    python3 -m venv VENV && VENV/bin/pip install -r tests/outbox/memo-requirements.txt
    VENV/bin/python tests/outbox/memo.py tests/outbox
"""

import base64
import pathlib
import sys
from datetime import datetime, timezone

from python_serviceplatformen.models.message import (
    Action, EntryPoint, File, MainDocument, Message, MessageBody, MessageHeader, Recipient, Sender,
)
from python_serviceplatformen.models.xml_util import dataclass_to_xml_string

ID = "8c2ea15d-61fb-4ba9-9366-42f8b194c365"
PDF = b"%PDF-1.7\nnot one, but bytes \xe6\xf8\xe5\n"


def header(kind, label, notification=None):
    return MessageHeader(
        messageType=kind,
        messageUUID=ID,
        label=label,
        notification=notification,
        mandatory=False,
        legalNotification=False,
        sender=Sender(senderID="12345678", idType="CVR", label="Styrelsen & søn"),
        recipient=Recipient(recipientID="0101010000", idType="CPR"),
    )


def digital_post():
    label = "Brev til dig: hjælp <mens du er syg>"
    document = MainDocument(
        files=(File(
            encodingFormat="application/pdf",
            filename="Brev til dig hjælp mens du er syg.pdf",
            language="da",
            content=base64.b64encode(PDF).decode(),
        ),),
        actions=(Action(
            label="Se din side",
            actionCode="SELVBETJENING",
            entryPoint=EntryPoint(url="https://jobnet.example/l/abc?x=1&y=2"),
        ),),
    )
    created = datetime(2026, 11, 22, 10, 0, 0, tzinfo=timezone.utc)
    body = MessageBody(createdDateTime=created, mainDocument=document)
    return Message(messageHeader=header("DIGITALPOST", label), messageBody=body)


def nem_sms():
    text = "Du har en ny besked på Jobnet. Log ind for at læse den."
    return Message(messageHeader=header("NEMSMS", "Jobnet", text), messageBody=None)


folder = pathlib.Path(sys.argv[1])
for name, message in [("digital_post", digital_post()), ("nem_sms", nem_sms())]:
    (folder / f"{name}.xml").write_text(dataclass_to_xml_string(message) + "\n", "utf-8")
