// How many a search found is said: its field keeps the focus while the list below it changes.
import { fill, ngettext } from "../text/say.js";
import { announce } from "./announce.js";

export function toChooseFrom(number) {
  return fill(ngettext("{number} to choose from", "{number} to choose from", number), { number });
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (!form?.matches("form[role=search]")) return;
  const found = document.querySelector(form.getAttribute("hx-target"));
  const number = found?.querySelectorAll(".found > li").length;
  if (number) announce(toChooseFrom(number)); // where there is none, the list says so itself
});
