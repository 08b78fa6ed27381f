"""Customers who answer while somebody looks."""

import httpx

from tests.support.platform import Running

SUBMIT = """mutation ($input: SubmitResponsesInput!) {
  submitResponses(input: $input) { results { status } userErrors { code } } }"""


async def answer(demo: Running, touchpoint: str, scores: list[int], words: str = "") -> None:
    """So many people recommend, or do not, and say why in these words."""
    comment = [{"question": "comment", "text": words}] if words else []
    responses = [
        {
            "survey": "service-feedback",
            "touchpoint": touchpoint,
            "answers": [{"question": "recommend", "score": score}, *comment],
        }
        for score in scores
    ]
    async with httpx.AsyncClient() as client:
        reply = await client.post(
            f"{demo.url}/graphql",
            json={"query": SUBMIT, "variables": {"input": {"responses": responses}}},
            headers={"Authorization": f"Bearer {demo.token('integration')}"},
        )
    results = reply.json()["data"]["submitResponses"]["results"]
    assert {result["status"] for result in results} == {"STORED"}
