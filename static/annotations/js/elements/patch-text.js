// The article's text drawn anew where its highlights differ, and nowhere else: what is selected stays selected,
// what has the focus keeps it, nothing is scrolled.
import { runs } from "../text/patch.js";
import { caretAt, putCaret } from "./caret.js";
import { keepInPlace } from "./scrolling.js";
import { rangeOfUnits, unitsAt } from "./text-range.js";

const LIVE = new Set(["on", "hot", "partner", "asked", "fresh"]); // classes that the page's scripts give

// False where the fresh one is another text.
export function patchText(text, fresh) {
  if (text.textContent !== fresh.textContent) return false;
  const held = hold(text);
  keepInPlace(firstInSight(text), () => patch(text, fresh));
  giveBack(text, held);
  return true;
}

function patch(old, fresh) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  const found = runs(before.map(piece), after.map(piece));
  for (const [from, to, freshFrom, freshTo] of found ?? []) {
    const gone = before.slice(from, to);
    const come = after.slice(freshFrom, freshTo);
    const isBox = gone.length === 1 && come.length === 1 && isSameBox(gone[0], come[0]);
    if (isBox) renew(gone[0], come[0]);
    else replace(old, gone, come, before[to] ?? null);
  }
}

// What a part is known by (data-same) is another with what it holds.
function renew(old, fresh) {
  patch(old, fresh);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
}

// A zone of the text, or a part of a long one.
function isSameBox(one, other) {
  const names = [one, other].map((node) => node.matches?.(".zone, .part") && node.className);
  return Boolean(names[0]) && names[0] === names[1];
}

function replace(parent, gone, come, next) {
  for (const node of come) parent.insertBefore(document.adoptNode(node), next);
  for (const node of gone) node.remove();
}

function piece(node) {
  if (node.nodeType === Node.TEXT_NODE) return { length: node.length, key: `t${node.data}` };
  if (node.dataset.same) return { length: node.textContent.length, key: node.dataset.same };
  const named = [...node.attributes].filter(({ name }) => name !== "class").map(attribute);
  const classes = [...node.classList].filter((name) => !LIVE.has(name)).sort();
  const inside = node.matches(".zone, .part")
    ? [...node.childNodes].map((each) => piece(each).key)
    : [node.innerHTML];
  const key = [node.localName, ...named.sort(), ...classes, ...inside].join("\u0001");
  return { length: node.textContent.length, key };
}

function attribute({ name, value }) {
  return `${name}=${value}`;
}

function firstInSight(text) {
  const marks = [...text.querySelectorAll("mark")];
  return marks.find((mark) => mark.getBoundingClientRect().bottom > 0) ?? text;
}

function hold(text) {
  const selection = document.getSelection();
  const isHere =
    selection.rangeCount &&
    text.contains(selection.anchorNode) &&
    text.contains(selection.focusNode);
  const active = document.activeElement;
  return {
    caret: caretAt(text),
    ends: isHere && !selection.isCollapsed ? endsOf(selection) : null,
    active: text.contains(active) && active !== text ? active : null,
  };
}

function endsOf({ anchorNode, anchorOffset, focusNode, focusOffset }) {
  return [unitsAt(anchorNode, anchorOffset), unitsAt(focusNode, focusOffset)];
}

function giveBack(text, { caret, ends, active }) {
  if (active && !active.isConnected) {
    const uid = active.dataset.statements?.split(" ")[0];
    const heir = text.querySelector(`mark[tabindex][data-statements~="${uid}"]`) ?? text;
    heir.focus({ preventScroll: true });
  }
  if (ends) select(text, ends);
  else if (caret !== null && text.contains(document.getSelection().focusNode))
    putCaret(caret, text);
}

// From where it was begun to where it was led: it may go backwards.
function select(text, [anchor, focus]) {
  const selection = document.getSelection();
  const now = text.contains(selection.anchorNode) ? endsOf(selection) : [];
  if (now[0] === anchor && now[1] === focus) return;
  const range = rangeOfUnits(Math.min(anchor, focus), Math.max(anchor, focus), text);
  const start = [range.startContainer, range.startOffset];
  const end = [range.endContainer, range.endOffset];
  selection.setBaseAndExtent(...(anchor <= focus ? [...start, ...end] : [...end, ...start]));
}
