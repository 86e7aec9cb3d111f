"""Giving a message to a service: what it took, why it did not, and no secret anywhere."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator

import pytest

from archive.alerts.message import Message
from archive.alerts.services import Services
from tests.archive.alerts.support import Webhook

MESSAGE = Message("Ferries: New: Night ferry", "New: Night ferry\nPort of Ister <b>& others</b>")


def test_a_message_arrives_as_it_is_with_its_id(webhook: Webhook) -> None:
    answer = Services({}).send(webhook.address, MESSAGE, "00ab")
    assert answer.problem == ""
    (body,) = webhook.taken
    assert body["title"] == MESSAGE.subject
    assert body["message"] == f"{MESSAGE.body}\n\nMessage 00ab"
    assert webhook.ids == ['"00ab"']


def test_variables_of_the_environment_stand_for_secrets(webhook: Webhook) -> None:
    services = Services({"HOOK": webhook.address.removeprefix("json://"), "TOKEN": "hunter2secret"})
    address = "json://${HOOK}?+X-Token=${TOKEN}"
    answer = services.send(address, MESSAGE, "1")
    assert answer.problem == ""
    assert len(webhook.taken) == 1
    assert "hunter2" not in answer.service + services.name(address)


class Lines(logging.Handler):
    """What reaches a log of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += record.getMessage()


@pytest.fixture
def log() -> Iterator[Lines]:
    root, lines = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)  # as -vv does
    yield lines
    root.removeHandler(lines)
    root.setLevel(level)


def test_what_went_wrong_is_said_without_secrets(webhook: Webhook, log: Lines) -> None:
    services = Services({"TOKEN": "hunter2secret"})
    webhook.answers = [500]
    refused = services.send(webhook.address.replace("/hook", "/hunter2secret/${TOKEN}"), MESSAGE, "1")
    assert "500" in refused.problem
    assert "hunter2" not in refused.problem
    assert "hunter2" not in log.text
    absent = services.send("json://127.0.0.1/${NOWHERE}", MESSAGE, "1")
    assert absent.problem == "the environment variable NOWHERE is not set"
    unknown = services.send("pigeon://ada:hunter2secret@loft", MESSAGE, "1")
    assert "no such service" in unknown.problem
    assert (unknown.service, services.name("pigeon://ada:hunter2secret@loft")) == ("pigeon://...", "pigeon://...")


def test_a_service_that_is_not_there_is_a_problem_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert Services({}).send(f"json://127.0.0.1:{port}/", MESSAGE, "1").problem


def test_a_service_that_never_answers_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:  # the system takes the connection, and nobody answers
        address = f"json://127.0.0.1:{listener.getsockname()[1]}/?rto=60&cto=60"
        answer = Services({}, limit=1).send(address, MESSAGE, "1")
    assert answer.problem == "the service did not answer within 1 seconds"


@pytest.mark.parametrize(
    "address",
    [
        "mailtos://ada:hunter2secret@mail.example.org?to=ada@example.org",
        "ntfys://ada:hunter2secret@ntfy.example.org/topic",
        "jsons://hook.example.org:8443/hunter2secret/in",
        "forms://ada:hunter2secret@hook.example.org/hunter2token",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
    ],
)
def test_names_of_services_have_no_secrets(address: str) -> None:
    name = Services({}).name(address)
    assert "hunter2" not in name
    assert "TIiajkdnlazkcOXrIdevi7FQ" not in name
