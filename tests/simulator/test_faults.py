"""Fault rules: when they strike and what the desk then sees."""

from __future__ import annotations

import httpx
import pytest

from simulator.options import DEMO_NUMBER
from simulator.remote import ControlError, Remote
from tests.simulator.conftest import Graph, error_of
from tests.simulator.desk import Desk, Json


def test_a_fault_holds_for_the_next_calls_only(
    whatsapp: Remote, graph: Graph, lena: Json
) -> None:
    whatsapp.fault("messages", code=130429, next=2, retry_after=7)

    answers = [graph.try_to_send(lena["phone"]) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [400, 400, 200]
    assert error_of(answers[0])["code"] == 130429
    assert answers[0].headers["retry-after"] == "7"
    assert len(whatsapp.sent(to=lena)) == 1


def test_a_fault_can_strike_every_third_call(
    whatsapp: Remote, graph: Graph, lena: Json
) -> None:
    whatsapp.fault("messages", http=503, every=3)

    codes = [graph.try_to_send(lena["phone"]).status_code for _ in range(6)]

    assert codes == [200, 200, 503, 200, 200, 503]


def test_a_fault_can_be_about_one_recipient(whatsapp: Remote, graph: Graph, lena: Json) -> None:
    other = whatsapp.person()
    whatsapp.says(other, "Hallo")
    whatsapp.fault("messages", code=131056, recipient=lena["phone"])

    assert error_of(graph.try_to_send(lena["phone"]))["code"] == 131056
    graph.send(other["phone"])


def test_the_http_status_can_be_chosen(whatsapp: Remote, graph: Graph, lena: Json) -> None:
    whatsapp.fault("messages", code=130429, http=429)

    assert graph.try_to_send(lena["phone"]).status_code == 429


@pytest.mark.parametrize(
    ("when", "arrived"), [("before", 0), ("after", 1)], ids=["before", "after"]
)
@pytest.mark.parametrize("how", ["timeout", "disconnect"])
def test_an_answer_can_be_lost_before_and_after_accepting(
    whatsapp: Remote, graph: Graph, lena: Json, how: str, when: str, arrived: int
) -> None:
    whatsapp.fault("messages", **{how: when}, next=1)
    graph.http.timeout = httpx.Timeout(0.3)

    with pytest.raises((httpx.ReadTimeout, httpx.RemoteProtocolError)):
        graph.try_to_send(lena["phone"])

    assert len(whatsapp.sent(to=lena, count=arrived)) == arrived
    graph.http.timeout = httpx.Timeout(5)
    graph.send(lena["phone"])


def test_a_message_lost_after_accepting_still_climbs_its_ladder(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.fault("messages", timeout="after", seconds=0.05)

    with pytest.raises(httpx.RemoteProtocolError):
        graph.try_to_send(lena["phone"], biz_opaque_callback_data="msg:7")
    whatsapp.settle()

    told = [(s["status"], s["biz_opaque_callback_data"]) for s in desk.statuses]
    assert told == [("sent", "msg:7"), ("delivered", "msg:7")]


def test_an_accepted_message_can_fail_later(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.fault("messages", fail_code=131049, next=1)

    graph.send(lena["phone"])
    whatsapp.settle()

    [failed] = desk.statuses
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131049)


def test_other_endpoints_have_faults_too(whatsapp: Remote, graph: Graph) -> None:
    whatsapp.fault("message_templates", code=80007)

    answer = graph.get("100000000000001/message_templates")

    assert error_of(answer)["code"] == 80007
    assert graph.get(DEMO_NUMBER).status_code == 200


def test_the_media_host_can_fail(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    whatsapp.says(whatsapp.person(), type="audio")
    whatsapp.settle()
    whatsapp.fault("media_download", http=502, next=1)
    url = desk.messages[0]["audio"]["url"]

    assert graph.http.get(url).status_code == 502
    assert graph.http.get(url).status_code == 200


def test_faults_are_listed_and_taken_back(whatsapp: Remote, graph: Graph) -> None:
    fault = whatsapp.fault(code=2)
    assert graph.get(DEMO_NUMBER).status_code == 503
    assert whatsapp.ask("GET", "/faults")["faults"][0]["hits"] == 1

    whatsapp.ask("DELETE", f"/faults/{fault['id']}")

    assert graph.get(DEMO_NUMBER).status_code == 200


@pytest.mark.parametrize("rule", [{}, {"code": 1, "nonsense": 2}], ids=["nothing", "typo"])
def test_a_rule_without_sense_is_refused(whatsapp: Remote, rule: Json) -> None:
    with pytest.raises(ControlError, match="400"):
        whatsapp.fault("messages", **rule)
