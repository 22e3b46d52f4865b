// Words are selected with mouse, touch or keyboard; the toolbar beside them says what can be done with them.
import { gettext } from "../text/say.js";
import { inTurn, isActing } from "./acts.js";
import { announce, notice } from "./announce.js";
import { keepCaret } from "./caret.js";
import { placeAt } from "./place-at.js";
import { asSet } from "./quotation-marks.js";
import { roleButton } from "./roles.js";
import { letGo, saveTaken, taken } from "./taken.js";
import { articleText, nameOf, selectedWords, textAt, textOf, workText } from "./text-range.js";
import {
  addToStatement,
  isPicking,
  newUrl,
  openByHand,
  openCardArticle,
  openNew,
  openSpanList,
  splitOff,
} from "./words-become.js";

const QUEUED = ["new", "add", "split"];

class SelectionToolbar extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.desk = this.closest("article-desk");
    document.addEventListener("selectionchange", () => this.later(), { signal });
    document.addEventListener("pointerdown", (event) => this.pressed(event), { signal });
    document.addEventListener("pointerup", () => this.released(), { signal });
    document.addEventListener("pointercancel", () => this.released(), { signal });
    this.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    this.addEventListener("click", (event) => this.act(event.target.closest("button")), { signal });
    this.addEventListener("keydown", (event) => this.inside(event), { signal });
    this.desk.addEventListener("keydown", (event) => this.key(event), { signal });
    this.desk.addEventListener("scroll", () => this.later(), { signal, capture: true });
  }

  disconnectedCallback() {
    this.stop.abort();
    cancelAnimationFrame(this.frame);
  }

  pressed(event) {
    if (event.pointerType === "mouse" && !this.contains(event.target)) this.down = true;
  }

  released() {
    this.down = false;
    this.later();
  }

  later() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.refresh());
  }

  refresh() {
    this.words = this.down ? null : selectedWords();
    this.hidden = !this.words || !this.offer();
    if (this.hidden) return;
    this.place();
    for (const [index, button] of this.buttons.entries()) button.tabIndex = index ? -1 : 0;
  }

  // Show the buttons that make sense now; false when there are none. In the text beside the article, words
  // become a statement of their own, or go into a form that is open for it.
  offer() {
    const isHere = workText() === articleText();
    const isTaken = taken() !== null;
    const list = !isTaken && openSpanList();
    const byHand = !isTaken && openByHand();
    const picking = isPicking();
    const isNew = !isTaken && !list && !byHand && newUrl(this.desk);
    const shown = {
      taken: isTaken,
      form: list && textOf(list.closest("form").dataset.article) === workText(),
      placing: byHand && isHere,
      reading: isNew,
      plain: isNew && !picking,
      picking: isNew && picking,
      selected: isNew && !picking && openCardArticle() === workText(),
    };
    for (const [when, is] of Object.entries(shown))
      this.querySelector(`[data-when=${when}]`).hidden = !is;
    if (list) this.showRoles(list.roles);
    return Object.values(shown).some(Boolean);
  }

  showRoles(roles) {
    this.querySelector("[data-roles]").replaceChildren(...roles.map(roleButton));
  }

  place() {
    const range = document.getSelection().getRangeAt(0);
    const boxes = [...range.getClientRects()];
    const last = boxes.at(-1) ?? range.getBoundingClientRect();
    const line = boxes.filter((box) => box.bottom > last.top && box.top < last.bottom);
    const left = this.words.fromRight
      ? Math.max(last.right, ...line.map((box) => box.right)) - this.offsetWidth
      : Math.min(last.left, ...line.map((box) => box.left));
    placeAt(this, this.desk, { left, top: last.top, bottom: last.bottom }, "under");
    const frame = workText().closest("[data-scrolls]")?.getBoundingClientRect();
    this.hidden = Boolean(frame) && (last.bottom < frame.top || last.top > frame.bottom);
  }

  key(event) {
    if (this.entered(event)) return event.preventDefault();
    if (event.key !== "Enter" || event.defaultPrevented || !textAt(event.target)) return;
    const words = selectedWords();
    if (!words) return;
    event.preventDefault();
    this.words = words;
    if (this.offer()) this.act(this.querySelector(`[data-act=${this.usual()}]`));
  }

  usual() {
    if (taken()) return "save";
    return openSpanList() ? "use" : openByHand() ? "settle" : "new";
  }

  // From the selected words, Tab goes to the toolbar; it is one stop, arrows go among its buttons.
  entered(event) {
    if (event.key !== "Tab" || event.shiftKey || this.hidden) return false;
    if (!textAt(event.target)) return false;
    this.buttons[0]?.focus();
    return true;
  }

  get buttons() {
    return [...this.querySelectorAll("button")].filter((button) => button.offsetParent);
  }

  // Escape goes back, before it means anything to the desk.
  inside(event) {
    const all = this.buttons;
    const ahead = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const at = all.indexOf(document.activeElement);
    const to = {
      ArrowRight: at + ahead,
      ArrowLeft: at - ahead,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === "Escape") workText()?.focus({ preventScroll: true });
    else if (to === undefined) return;
    else all.at(to % all.length).focus();
    event.preventDefault();
  }

  act(button) {
    if (!button || !this.words) return;
    const { act, role } = button.dataset;
    const meant = {
      act,
      role,
      selected: this.words,
      set: asSet(this.words),
      from: nameOf(workText()),
    };
    if (!isActing() || !QUEUED.includes(act)) return this.run(meant);
    this.hidden = true;
    inTurn(() => document.querySelector("selection-toolbar")?.goOn(meant));
  }

  // The words were chosen while a save was on its way; refused, its form is there again and says why.
  goOn(meant) {
    const isNew = meant.act === "new" && !openSpanList() && !openByHand();
    const text = textOf(meant.from.article);
    if (isNew || (meant.act !== "new" && text && openCardArticle() === text)) this.run(meant);
  }

  run({ act, role, selected, set, from }) {
    const { marks, ...chosen } = set;
    const words = { role, ...chosen, uid: "" };
    if (marks && ["new", "use", "add"].includes(act)) announce(marks);
    const acts = {
      new: () => openNew(this.desk, words, marks, from),
      use: () => openSpanList().add(words, marks),
      settle: () => openByHand().settle(selected),
      add: () => addToStatement(this.desk, words, from),
      split: () => splitOff(this.desk, selected, from),
      save: () => saveTaken(selected),
      leave: letGo,
    };
    acts[act]();
    if (selected.widened) notice(gettext("The selection was widened to whole characters."));
    if (this.contains(document.activeElement)) workText()?.focus({ preventScroll: true });
    this.hidden = true;
    keepCaret();
    document.getSelection().removeAllRanges();
  }
}

customElements.define("selection-toolbar", SelectionToolbar);
