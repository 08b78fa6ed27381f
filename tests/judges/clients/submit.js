// A response, so that something changes; again and again, for a subscription may not have begun.
import assert from "node:assert/strict";

const SUBMIT = `mutation { submitResponse(input: {survey: "pulse", department: "root",
  answers: [{question: "recommend", score: 9}]}) { userErrors { code } } }`;

export async function submit() {
  const reply = await fetch(process.env.HTTP, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${process.env.TOKEN}`,
    },
    body: JSON.stringify({ query: SUBMIT }),
  });
  const submitted = await reply.json();
  assert.deepEqual(submitted.data.submitResponse.userErrors, [], JSON.stringify(submitted));
}

/** Submits until what is waited for has come. */
export async function submitUntil(coming) {
  let isHere = false;
  const come = coming.then((found) => {
    isHere = true;
    return found;
  });
  for (let tries = 0; !isHere && tries < 40; tries += 1) {
    await submit();
    await Promise.race([come, new Promise((done) => setTimeout(done, 250))]);
  }
  return come;
}
