"""The GIL is let go of while praxe works. No test here measures time: each would hang or fail if it were held."""

import concurrent.futures
import datetime as dt
import os
import sys
import threading
import time

import pytest

import praxe
import small

AT = dt.datetime(2024, 5, 2, 12, tzinfo=dt.timezone.utc)
RULESET = small.RULESET.replace("ZONE", "UTC") + small.DECISION.replace("NAME", "d").replace("TYPE", "int").replace("VALUE", "1")


@pytest.fixture
def pipe(tmp_path):
    """A file that cannot be read before another thread has written it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def while_another_writes(pipe, text, work):
    """What `work` gives; the text is written by this thread, which needs the GIL for it."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        result = pool.submit(work)
        with pipe.open("w") as out:
            out.write(text)
        return result.result()


def test_loading_lets_others_run(pipe):
    (pipe.parent / "small.vocabulary.yaml").write_text(small.VOCABULARY)
    assert while_another_writes(pipe, RULESET, lambda: praxe.load(pipe)).name == "small"


def test_reading_a_case_lets_others_run(pipe):
    ruleset = small.load(doubled=("int", "count * 2"))
    answers = while_another_writes(pipe, "count: 4", lambda: ruleset.decide(pipe, at=AT))
    assert answers["doubled"].outcome == {"value": 8}


def test_deciding_lets_others_run():
    """With forced switches of threads put off for an hour, another thread can count only while the GIL is let go of."""
    many = {"items": [{"id": f"i{n}"} for n in range(300)]}
    ruleset = small.load(pairs=("bool", "items.all(a, items.exists(b, a.id == b.id))"))
    counted, ended = [0], threading.Event()

    def work():
        seen = []
        for _ in range(5):
            before = counted[0]
            ruleset.decide(many, at=AT)
            seen.append(counted[0] - before)
        ended.set()
        return seen

    interval = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    try:
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            result = pool.submit(work)
            while not ended.is_set():
                counted[0] += 1
                time.sleep(0)  # lets go of the GIL
            assert any(result.result())
    finally:
        sys.setswitchinterval(interval)


def test_threads_agree(ruleset, case):
    alone = ruleset.decide(case).to_json()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda case: ruleset.decide(case).to_json(), [case] * 200)) == {alone}


def test_an_answer_seen_by_many_threads(ruleset, case):
    for _ in range(20):
        answer = ruleset.decide(case)["lead_owner"]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            assert len({str(outcome) for outcome in pool.map(lambda a: a.outcome, [answer] * 16)}) == 1
