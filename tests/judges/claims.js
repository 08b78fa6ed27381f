// What a judge found: a line for each claim, and one for all of them, which the table of `make judges` is made of.
const SECONDS = 30;
const found = [];

/** Whether the platform runs trusted documents alone. */
export const isHardened = process.env.MODE === "hardened";

/** A claim that is not made of this platform, and why: the table tells it. */
export function leaveOut(claim, why) {
  console.log(`left out ${claim}: ${why}`);
}

/** Tests one claim; one that does not hold is told, and the others are still tested. */
export async function judge(claim, test) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`no answer in ${SECONDS} s`)), SECONDS * 1000);
  });
  try {
    await Promise.race([test(), late]);
    tell(claim, null);
  } catch (error) {
    tell(claim, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a claim holds: null, or why not. */
export function tell(claim, error) {
  found.push(error === null);
  const reason = error?.stack ?? error?.message ?? JSON.stringify(error);
  console.log(error === null ? `ok      ${claim}` : `FAILED  ${claim}: ${reason}`);
}

/** Ends the process; what clients left open does not keep it. */
export function finish() {
  const passed = found.filter(Boolean).length;
  console.log(`passed ${passed} of ${found.length}`);
  process.exit(passed === found.length ? 0 : 1);
}
