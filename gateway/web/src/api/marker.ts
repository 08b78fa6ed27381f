/** Sent with every request: a page of another address cannot, so the cookie of the session counts. */
export const MARKER = { "X-CXM": "1" };
