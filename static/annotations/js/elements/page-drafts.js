// What is typed in a form that is a page of its own is kept in the browser until it is saved or given up, over a
// lost connection and an ended session too. For the forms of the article page see drafts.js.
import { entriesToKeep, parsed, sameEntries, sameFields } from "../text/drafts.js";
import { draft, dropDraft, keepDraft, keyFor } from "./draft-store.js";
import { keptLine } from "./kept-line.js";
import { refill } from "./refill.js";
import { pageUser } from "./token.js";

const PAUSE = 250; // milliseconds without a key after which it is kept
const MOST = 2_000_000; // characters: a browser keeps about five million in all
const SENT = "newsroom-sent"; // the form that this window sent last: its key and address

// The forms that were sent are left behind once another page of ours answers them. Signing in again is not that
// page, nor is an error, nor the form itself with what is wrong in it.
function settle() {
  const sent = parsed(stored(SENT));
  if (!sent.key || !pageUser()) return;
  forgetSent();
  const before = document.referrer && addressOf(new URL(document.referrer));
  if (sent.address !== addressOf(location) && before === sent.address) dropDraft(sent.key);
}

// What a form is asked for with belongs to it: /actors/new/?name=Bar is not /actors/new/.
function addressOf({ pathname, search }) {
  return pathname + search;
}

function stored(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null; // forbidden: then nothing was kept either
  }
}

function forgetSent() {
  try {
    sessionStorage.removeItem(SENT);
  } catch {
    // nothing was noted
  }
}

// Which version it was begun with is nothing that was typed.
function typed(entries) {
  return entries.filter(([name]) => name !== "version");
}

// A click with another button or a key held opens a second window: the form stays here.
function isPlain({ button, altKey, ctrlKey, metaKey, shiftKey }) {
  return button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;
}

class Kept {
  constructor(form) {
    this.form = form;
    this.key = keyFor("page", addressOf(location));
    this.entries = this.read();
    const found = draft(this.key);
    if (!found) return;
    if (form.dataset.drafts)
      form.dataset.stored = ""; // it came back from the server with what was typed
    else if (sameFields(typed(found.entries), typed(this.entries))) dropDraft(this.key);
    else this.restore(found);
  }

  read() {
    return entriesToKeep([...new FormData(this.form)]);
  }

  restore({ at, entries }) {
    refill(this.form, entries);
    this.form.dataset.typed = "";
    this.form.dataset.stored = "";
    this.entries = entries;
    this.form.prepend(keptLine(at, () => this.startAfresh()));
  }

  startAfresh() {
    this.drop();
    location.assign(addressOf(location));
  }

  keep() {
    clearTimeout(this.timer);
    const entries = this.read();
    if (this.isOver || sameEntries(entries, this.entries)) return;
    this.entries = entries;
    const isShort = entries.reduce((sum, [, value]) => sum + value.length, 0) < MOST;
    const isKept = isShort && keepDraft(this.key, { at: Date.now(), entries });
    if (!isKept) dropDraft(this.key); // half of it would come back as if it were all
    this.form.toggleAttribute("data-stored", isKept);
  }

  // Saved or given up in another tab, which holds the same form: what is typed here is kept once more.
  keepAgain() {
    if (!this.form.hasAttribute("data-stored")) return;
    delete this.form.dataset.stored;
    this.entries = null;
    this.keep();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  sent() {
    this.keep();
    if (this.form.hasAttribute("data-stored"))
      sessionStorage.setItem(SENT, JSON.stringify({ key: this.key, address: addressOf(location) }));
  }

  drop() {
    this.isOver = true;
    delete this.form.dataset.typed;
    dropDraft(this.key);
  }
}

settle();
const form = document.querySelector("form[data-drafts]");
if (form && pageUser()) {
  const kept = new Kept(form);
  for (const type of ["input", "change", "click", "keyup", "actor-chosen"])
    form.addEventListener(type, () => kept.later());
  for (const type of ["pagehide", "beforeunload"]) addEventListener(type, () => kept.keep());
  document.addEventListener("visibilitychange", () => kept.keep());
  addEventListener("storage", ({ key, newValue }) => {
    if (newValue === null && (key === null || key === kept.key)) kept.keepAgain();
  });
  form.addEventListener("submit", () => kept.sent());
  // Whoever goes on by themselves, or is led on by a script, was not answered.
  globalThis.navigation?.addEventListener("navigate", ({ formData }) => {
    if (!formData) forgetSent();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href]")) forgetSent();
    if (event.target.closest("[data-drafts] [data-cancel]") && isPlain(event)) kept.drop();
  });
}
