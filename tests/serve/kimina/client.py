"""Uses kimina-client as its users do. `client.py URL KEY` prints what it made of the answers, as JSON."""

import asyncio
import json
import logging
import sys
import typing

import typing_extensions

if sys.version_info < (3, 12):
    # kimina-client 0.2.1 takes `typing.TypedDict`, which pydantic refuses on these versions of Python.
    typing.TypedDict = typing_extensions.TypedDict

from kimina_client import (  # noqa: E402
    AsyncKiminaClient,
    Infotree,
    KiminaClient,
    Snippet,
    VerifyResponse,
)
from kimina_client.proof_utils import parse_client_response  # noqa: E402

logging.getLogger("kimina-client").setLevel(logging.CRITICAL)
url, key = sys.argv[1:3]

RIGHT = "theorem t (a b : Nat) : a + b = b + a := by omega"
WRONG = "theorem t : 2 + 2 = 5 := trivial"
SORRY = "theorem t : 2 + 2 = 5 := by sorry"
CHEAT = "set_option debug.skipKernelTC true\ntheorem t : 2 + 2 = 5 := by decide +kernel"
LOOP = """set_option maxRecDepth 100000000
set_option maxHeartbeats 0
theorem t (f : Nat -> Nat) (h : forall x, f x = f (x+1)) : f 0 = 7 := by simp (config := {maxSteps := 1000000000}) [h]"""
ALL = {"right": RIGHT, "wrong": WRONG, "sorry": SORRY, "cheat": CHEAT, "loop": LOOP}


def statuses(answer):
    return {r.id: r.analyze().status.value for r in answer.results}


snippets = [Snippet(id=name, code=code) for name, code in ALL.items()]
client = KiminaClient(api_url=url, api_key=key, n_retries=1)
client.test()
told = {
    "health": client.health()["status"],
    "sync": statuses(client.check(snippets, timeout=5, show_progress=False)),
    "one": [r.analyze().status.value for r in client.check(RIGHT, show_progress=False).results],
    "in batches": statuses(client.check(snippets, timeout=5, batch_size=2, max_workers=2, show_progress=False)),
    "without reuse": statuses(client.check(snippets[:3], reuse=False, show_progress=False)),
    "debug": sorted(client.check(RIGHT, debug=True, show_progress=False).results[0].diagnostics),
}
told["infotree"] = {
    kind.value: statuses(client.check(snippets[:2], infotree=kind, show_progress=False)) for kind in Infotree
}

codes = [{"custom_id": name, "proof": code} for name, code in ALL.items()]
answer = VerifyResponse.model_validate(client._query(f"{url}/verify", {"codes": codes, "timeout": 5}))
told["verify"] = {r["custom_id"]: parse_client_response(r)["is_valid_with_sorry"] for r in answer.results}

try:
    KiminaClient(api_url=url, api_key="wrong", n_retries=1).health()
    KiminaClient(api_url=url, api_key="wrong", n_retries=1).api_check([Snippet(id="a", code=RIGHT)])
except Exception as error:
    told["wrong key"] = type(error).__name__


async def in_async():
    client = AsyncKiminaClient(api_url=url, api_key=key, n_retries=1)
    await client.test()
    many = [Snippet(id=f"{name} {i}", code=code) for i in range(8) for name, code in ALL.items() if name != "loop"]
    told["async"] = statuses(await client.check(many, batch_size=5, max_workers=4, show_progress=False))
    await client.close()


asyncio.run(in_async())
print(json.dumps(told))
