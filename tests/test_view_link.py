"""The link that reopens the same view: every state comes back, and what is no state does nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from page import HOSTILE, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TOWN = "organisation:town"
NONE: dict[str, list[str]] = {"kind": [], "role": [], "initiative": [], "source": []}
SHOWN = """({ shown: kgView.shown(), state: kgView.state(),
  status: document.getElementById('status').textContent })"""
ENTRY = """(name) => { const boxes = document.querySelectorAll(`#keys input[data-hold^="${name} "]`);
  return boxes[1].dataset.hold.slice(name.length + 1); }"""
STATES: dict[str, dict[str, Any]] = {
    **{f"view {name}": {"view": name} for name in ("organisations", "timeline", "waves", "table")},
    **{f"size by {name}": {"size": name} for name in ("degree", "betweenness", "equal")},
    **{f"colour by {name}": {"colour": name} for name in ("degree", "betweenness", "community")},
    **{f"focus of {hops}": {"focus": {"key": TOWN, "hops": hops}} for hops in (1, 4)},
    "swedish": {"language": "sv"},
    "a thing": {"chosen": TOWN},
    "a tie": {"chosen": "membership:town-participant-giving-cities"},
    "a pair": {"view": "organisations", "chosen": "organisation:builders organisation:town"},
    "hidden by hand": {"put": [TOWN, "organisation:volts"]},
    "expanded": {"off": {**NONE, "kind": ["post"]}, "expanded": ["organisation:volts"]},
    "pinned": {"pinned": {TOWN: [120, -80], "organisation:volts": [-300, 12]}},
    "chain": {"chain": {"from": "organisation:volts", "to": "unit:council", "at": 0}},
    "as of a year": {"time": {"mode": "as-of", "at": "2016", "from": "", "to": ""}},
    "as of a day": {"time": {"mode": "as-of", "at": "2016-02-29", "from": "", "to": ""}},
    "between": {"time": {"mode": "between", "at": "", "from": "2015", "to": "2018"}},
}
FILTERS = ("kind", "role", "initiative", "source")
MEANINGLESS = {
    "ten thousand": "#view=" + "W" * 10_000,
    "ten thousand keys": "#" + "&".join(f"k{number}={number}" for number in range(3000)),
    "a long list": "#put=" + quote(json.dumps(["x" * 20] * 500)),
    "nul": "#view=%00&chosen=%00&%00=%00",
    "broken percent": "#view=%&chosen=%E0%A4%A&size=%zz",
    "script": "#chosen=" + quote(HOSTILE["closing"]) + "&view=" + quote(HOSTILE["image"]),
    "wrong json": "#focus={%22key%22:&time=[1,2&off={&pinned=}{",
    "wrong kinds": "#focus=[]&chain=null&time=%7B%22mode%22:%7B%7D%7D&off=[[]]&pinned=[[1,2]]&put=%7B%7D",
    "prototype": "#__proto__=%7B%7D&constructor=1&toString=x&off=" + quote('{"__proto__":["x"],"kind":{}}'),
    "unknown": "#zoom=12&lang=fr&view=globe&language=tlh&colour=red&size=-1",
    "no such entry": "#off=" + quote('{"kind":["ghost",1,null],"role":["ghost"],"source":[[]]}'),
    "no such thing": "#chosen=organisation:ghost&focus=" + quote('{"key":"ghost","hops":2}'),
    "hops": "#focus=" + quote(json.dumps({"key": TOWN, "hops": 2.5})),
    "no such day": "#time=" + quote('{"mode":"as-of","at":"2019-02-30"}'),
    "no such month": "#time=" + quote('{"mode":"as-of","at":"2019-13"}'),
    "backwards": "#time=" + quote('{"mode":"between","from":"2021","to":"2015"}'),
    "out of the world": "#pinned=" + quote(json.dumps({TOWN: [1e300, 0]})),
    "texts for numbers": "#pinned=" + quote(json.dumps({TOWN: ["1", None]})),
}


def reopened(page: Page) -> None:
    """Hold that the page is the same when its address is opened anew."""
    page.wait_for_function("() => location.hash.length > 1")
    page.wait_for_timeout(300)
    before = page.evaluate(SHOWN)
    page.reload()
    page.wait_for_function("() => window.kgView && kgView.labels().length >= 0")
    assert page.evaluate(SHOWN) == before


@pytest.mark.parametrize("name", STATES)
def test_a_state_comes_back(visit: Callable[..., Page], town_page: str, name: str) -> None:
    """Each entry of the state stands in the address, and brings back what is shown and what is counted."""
    page = visit(town_page)
    page.evaluate("(patch) => kgView.change(patch)", STATES[name])
    for entry, value in STATES[name].items():
        assert state(page, entry) == value
    reopened(page)


@pytest.mark.parametrize("filter_", FILTERS)
def test_a_filter_comes_back(visit: Callable[..., Page], town_page: str, filter_: str) -> None:
    """What the legend leaves out stays out, and its boxes say so."""
    page = visit(town_page)
    key = page.evaluate(ENTRY, filter_)
    page.evaluate("(off) => kgView.change({ off })", {**NONE, filter_: [key]})
    reopened(page)
    boxes = page.locator("#keys input:not(:checked)")
    assert boxes.evaluate_all("(all) => all.map((each) => each.dataset.hold)") == [f"{filter_} {key}"]


@pytest.mark.parametrize("name", MEANINGLESS)
def test_what_means_nothing_does_nothing(visit: Callable[..., Page], town_page: str, name: str) -> None:
    """The page opens as it would without, runs nothing, complains of nothing, and can be used."""
    page = visit(town_page, fragment=MEANINGLESS[name])
    assert page.evaluate("kgView.differing()") == {}
    assert page.evaluate("window.stung") is None
    assert page.locator("#reveal").inner_text() == ""
    page.evaluate("(key) => kgView.choose(key)", TOWN)
    assert "Town of Example" in page.locator("#panel").inner_text()


def test_a_chain_beyond_the_last_is_one_of_them(visit: Callable[..., Page], town_page: str) -> None:
    """A link to the millionth chain shows one that there is, under its own number."""
    chain = {"from": "organisation:volts", "to": "unit:council", "at": 1_000_000}
    page = visit(town_page, fragment="#chain=" + quote(json.dumps(chain)))
    count = page.evaluate("kgView.chains().count")
    said = page.locator("#panel .kicker").inner_text()
    assert "000001" not in said
    assert f"of {count}" in said or "only" in said
