// Whatever is typed or chosen in a form of the article page is kept in the browser until it is saved or given up.
import {
  entriesToKeep,
  firstOf,
  formName,
  sameEntries,
  sameFields,
  spansIn,
} from "../text/drafts.js";
import { shorten } from "../text/shorten.js";
import { draft, dropDraft, keepDraft, keyFor } from "./draft-store.js";
import { keptLine } from "./kept-line.js";
import { refill } from "./refill.js";

const PAUSE = 250; // milliseconds without a key after which it is kept
const FIELDS = "input:not([type=hidden]), textarea, select, button[name]";
const states = new WeakMap(); // form → {key, address, title, opened}: what is kept of it, and as what
let sent = null; // the state of the form that was sent last
let timer;

// `address` is where the form is had again; undefined where it came back with what was typed.
function adopt(form, asked) {
  if (states.has(form) || !form.querySelector(FIELDS)) return;
  const desk = form.closest("article-desk");
  const path = new URL(form.action).pathname;
  const address = asked ?? addressOfStep(form);
  if (address === undefined) return inherit(form, path);
  const entries = entriesIn(form);
  const key = keyFor(desk.dataset.article, formName(path, entries));
  // A new statement's words were chosen: they are kept from the first.
  const opened = path.endsWith("/statements/new/") ? null : entries;
  states.set(form, { key, path, address, opened });
  const kept = draft(key);
  if (kept) restore(form, kept);
  else keep(form);
}

// The last step of a link also comes by itself, after the statement that it was recorded for.
function addressOfStep({ dataset }) {
  return dataset.pickUrl?.replace("OTHER", dataset.other);
}

function inherit(form, path) {
  if (sent?.path !== path) return;
  states.set(form, { ...sent, opened: null });
  form.dataset.typed = "";
  keep(form);
}

function entriesIn(form) {
  return entriesToKeep([...new FormData(form)]);
}

export function openKeys() {
  return forms().flatMap((form) => states.get(form)?.key ?? []);
}

function forms() {
  return [...document.querySelectorAll("#work form[hx-post]")];
}

// What was chosen in the short step goes on in the form that has all of it.
function restore(form, kept) {
  const state = states.get(form);
  const isStep = form.matches(".link-step");
  if (isStep && kept.address.includes("&whole")) return reopen(kept.address);
  const before = entriesIn(form);
  const version = firstOf(before, "version");
  const had = form.contains(document.activeElement);
  if (sameFields(kept.entries, before)) return knownAs(form, kept); // opened once more, never changed
  refill(form, kept.entries);
  // Rows that had the focus were made anew.
  if (had && !form.contains(document.activeElement))
    form.querySelector(`[data-focus], ${FIELDS}`).focus({ preventScroll: true });
  form.dataset.typed = "";
  form.dataset.stored = "";
  state.kept = kept.entries;
  const line = keptLine(kept.at, () => startAfresh(form));
  form.querySelector("h2, h3")?.after(line);
  const based = firstOf(kept.entries, "version");
  if (form.matches("[data-form]") && based && based !== version) compare(form);
}

function knownAs(form, kept) {
  const field = form.querySelector("[name=made_as]");
  if (field) field.value = firstOf(kept.entries, "made_as");
  keep(form);
}

function startAfresh(form) {
  const { key, address } = states.get(form);
  states.delete(form);
  dropDraft(key);
  delete form.dataset.typed;
  reopen(address);
  tell();
}

// Somebody saved it since: the server merges what it can, shows what both changed, and saves nothing.
function compare(form) {
  globalThis.htmx.ajax("POST", new URL(form.action).pathname, {
    source: form,
    target: "#work",
    swap: "innerHTML",
    values: { compare: "1" },
  });
}

export function reopen(address) {
  return globalThis.htmx.ajax("GET", address, { target: "#work" });
}

function keep(form) {
  const state = states.get(form);
  if (!state) return;
  const entries = entriesIn(form);
  if (sameEntries(entries, state.kept ?? state.opened)) return;
  state.kept = entries;
  const kept = { at: Date.now(), address: state.address, entries, ...told(form, entries) };
  form.toggleAttribute("data-stored", keepDraft(state.key, kept));
}

// What the list of kept forms calls it.
function told(form, entries) {
  const quote = form.querySelector("blockquote, .quote")?.firstChild?.textContent ?? "";
  const title = form.querySelector("h2, h3")?.firstChild?.textContent ?? "";
  const words = spansIn(entries)[0]?.exact ?? quote;
  return { title: title.trim(), words: shorten(words.trim(), 60) };
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(keepAll, PAUSE);
}

export function keepAll() {
  clearTimeout(timer);
  for (const form of forms()) keep(form);
}

function drop(form) {
  const state = states.get(form);
  if (!state) return;
  states.delete(form);
  dropDraft(state.key);
  tell();
}

function tell() {
  document.dispatchEvent(new CustomEvent("newsroom:drafts"));
}

for (const type of ["input", "change", "click", "keyup", "actor-chosen"])
  document.addEventListener(type, later);
for (const type of ["pagehide", "beforeunload"]) addEventListener(type, keepAll);
document.addEventListener("visibilitychange", keepAll);
// Saved or given up in another tab, which holds the same form: what is typed here is kept once more.
addEventListener("storage", ({ key, newValue }) => {
  if (key !== null && newValue !== null) return;
  for (const form of forms()) {
    const state = states.get(form);
    if (!state?.kept || (key !== null && key !== state.key)) continue;
    delete state.kept;
    delete form.dataset.stored;
    keep(form);
  }
});
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.("[data-cancel]")?.closest("form");
  if (form) drop(form);
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const form = detail.requestConfig.elt;
  if (detail.requestConfig.verb !== "post" || !form.matches("form")) return;
  keep(form);
  sent = states.get(form) ?? null;
});
// Saved: before the swap, so that the new page lists it no more.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt, verb, parameters } = detail.requestConfig;
  if (verb === "post" && detail.xhr.status === 200 && !parameters.compare) drop(elt);
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.requestConfig) return;
  const { verb } = detail.requestConfig;
  const address = verb === "get" ? detail.pathInfo.finalRequestPath : undefined;
  for (const form of forms()) adopt(form, address);
  tell();
});
for (const form of forms()) adopt(form, location.pathname + location.search);
