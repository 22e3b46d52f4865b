// What linking does to the pane: a statement that is offered or chosen is shown in its own article. F6 goes from
// the text to the panel to the pane, each time to where the keyboard was in it.
import { gettext } from "../text/say.js";
import { announce } from "./announce.js";
import { pane } from "./link-pane.js";

const PAUSE = 300; // milliseconds on one offer before its article opens: who goes on wants the next one
const wide = matchMedia("(width >= 60rem)");
let timer;

function offerAt(target) {
  return target.closest?.("link-pick [data-offer] > a:first-child")?.parentElement;
}

function showOffer(offer) {
  const { in: beside, offer: at } = offer.dataset;
  if (offer.isConnected && beside && wide.matches) pane().open({ beside, at }, { take: false });
}

document.addEventListener("focusin", ({ target }) => {
  clearTimeout(timer);
  const offer = offerAt(target);
  if (offer?.dataset.in) timer = setTimeout(() => showOffer(offer), PAUSE);
});

document.addEventListener(
  "click",
  ({ target }) => {
    clearTimeout(timer);
    const offer = offerAt(target);
    if (offer) showOffer(offer);
  },
  true,
);

// The end that was chosen is marked in both texts. In a narrow window the pane makes way for the step.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "work" && target.id !== "desk") return;
  pane()?.show({ scroll: Boolean(pane().chosen) });
  const step = document.querySelector("#work [data-other]");
  if (!step || wide.matches || pane().hidden) return;
  pane().close({ back: false });
  const first = step.querySelector("[data-focus]");
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
});

const STOPS = [
  ["[data-article-text]", () => gettext("The article")],
  ["#work", () => gettext("The panel")],
  ["link-pane", () => gettext("Beside it")],
];

const PARTS = ["[data-pane-text]", "input[type=search]", "[data-focus]", "h2", ".card"];
const last = new Map(); // by stop, where in it the keyboard was

document.addEventListener("focusin", ({ target }) => {
  const stop = STOPS.find(([where]) => target.closest?.(where));
  if (stop) last.set(stop[0], target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || event.defaultPrevented || !document.querySelector("article-desk"))
    return;
  event.preventDefault();
  const open = STOPS.filter(([where]) => document.querySelector(where)?.getClientRects().length);
  const here = open.findIndex(([where]) => document.activeElement.closest(where));
  const [where, name] = open.at((Math.max(here, 0) + (event.shiftKey ? -1 : 1)) % open.length);
  goInto(where);
  announce(name());
});

function goInto(where) {
  const place = document.querySelector(where);
  const before = last.get(where);
  const part = PARTS.map((each) => place.querySelector(each)).find(Boolean);
  const fresh = where !== "[data-article-text]" && part ? part : place;
  const stop = place.contains(before) && before.getClientRects().length ? before : fresh;
  if (stop.tabIndex < 0) stop.tabIndex = -1;
  stop.focus({ preventScroll: true });
}
