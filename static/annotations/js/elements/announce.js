// Says something to a screen reader, or shows a failure to everybody.
import { gettext } from "../text/say.js";

export function announce(text) {
  const live = document.querySelector("[data-live]");
  // The same words once more are said once more: to the page they are others.
  if (live) live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}

// With `again`, which sends what failed once more, a button that does so.
export function notice(text, again = null) {
  const box = document.querySelector("[data-notice]");
  if (!box) return;
  box.textContent = text;
  box.hidden = !text;
  if (!text || !again) return;
  const made = { type: "button", className: "btn small", textContent: gettext("Try again") };
  const button = Object.assign(document.createElement("button"), made);
  button.addEventListener("click", again);
  box.append(" ", button);
}

// What an act left to say, each message once: also those that came with the page.
function tellMessages() {
  const fresh = [...document.querySelectorAll("[data-messages] .message:not([data-told])")];
  for (const message of fresh) message.dataset.told = "";
  const words = fresh.map((message) => message.querySelector("span").textContent.trim());
  if (words.length) announce(words.join(" "));
}

document.addEventListener("htmx:afterSettle", tellMessages);
tellMessages();
