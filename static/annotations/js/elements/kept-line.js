// Said and shown in a form that has what was typed in it back: since when it was kept, and a way to be rid of it.
import { clock } from "../text/drafts.js";
import { fill, gettext } from "../text/say.js";
import { announce } from "./announce.js";

// The line to be put into the form; it is announced at once.
export function keptLine(at, startAfresh) {
  const time = clock(at, Date.now(), document.documentElement.lang);
  const line = Object.assign(document.createElement("p"), { className: "sub kept-from" });
  const made = { type: "button", className: "link", textContent: gettext("Start afresh") };
  const button = Object.assign(document.createElement("button"), made);
  button.addEventListener("click", startAfresh);
  line.append(`${fill(gettext("Kept from {time}"), { time })} · `, button);
  announce(fill(gettext("What you typed is back. Kept from {time}."), { time }));
  return line;
}
