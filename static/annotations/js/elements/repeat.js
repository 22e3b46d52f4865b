// Asks the server the same again and again: every few seconds while the page is looked at, seldom while it is not,
// and ever more seldom while it fails.
import { pause } from "../text/patch.js";

const FIRST = 1000; // milliseconds
const ASK = { "HX-Request": "true" };

// `look` throws where it failed. It ends with the signal.
export function repeat(look, signal) {
  let failures = 0;
  let timer;
  const later = (after = pause({ isVisible: !document.hidden, failures })) => {
    clearTimeout(timer);
    timer = setTimeout(ask, after);
  };
  async function ask() {
    try {
      if (navigator.onLine) await look();
      failures = 0;
    } catch (error) {
      if (error.name === "AbortError") return;
      failures += 1;
    }
    if (!signal.aborted) later();
  }
  const soon = () => document.hidden || later(0);
  document.addEventListener("visibilitychange", soon, { signal });
  document.addEventListener("newsroom:signed-in", soon, { signal });
  addEventListener("online", soon, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  later(FIRST);
}

export async function get(url, signal) {
  const answer = await fetch(url, { headers: ASK, signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}
