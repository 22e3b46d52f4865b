// In the form for a statement: the speaker, title and venue as last time, by click or by Alt and a letter, also
// from a field; and the speaker that was proposed from the text, which one click or typing clears.
import { chordsOf } from "../text/bindings.js";
import { fill, gettext } from "../text/say.js";
import { announce } from "./announce.js";

const FORM = "#work form.statement-form";

const takes = {
  speaker: (form, { uid, value }) => form.querySelector("actor-field").pick({ uid, name: value }),
  title: (form, { value }) => put(form.querySelector('[name$="-title_as_printed"]'), value),
  venue: (form, { value }) => put(form.querySelector("[name=venue]"), value),
};

function put(field, value) {
  const folded = field.closest("details:not([open])");
  if (folded) folded.open = true;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const [label] = field.labels;
  announce(fill(gettext("{field}: {value}"), { field: label.textContent.trim(), value }));
}

function take(button) {
  takes[button.dataset.again](button.closest("form"), button.dataset);
}

function clear(button) {
  const row = button.closest(".part-row");
  const field = row.querySelector("actor-field");
  field.hiddenInput.value = "";
  field.input.value = "";
  field.input.dispatchEvent(new Event("input", { bubbles: true }));
  field.input.focus();
}

document.addEventListener("click", ({ target }) => {
  const again = target.closest?.(`${FORM} [data-again]`);
  if (again) take(again);
  const proposed = target.closest?.(`${FORM} [data-clear]`);
  if (proposed) clear(proposed);
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.defaultPrevented) return;
  const chords = chordsOf(event);
  const offered = [...document.querySelectorAll(`${FORM} [data-again]`)];
  const button = offered.find(({ dataset }) => chords.includes(dataset.chord));
  if (!button) return;
  event.preventDefault();
  take(button);
});
// Somebody else was chosen or typed: nothing is proposed any more.
for (const type of ["input", "actor-chosen"])
  document.addEventListener(type, ({ target }) => {
    if (target.closest?.(`${FORM} actor-field`))
      target.closest(".part-row")?.querySelector("[data-proposed]")?.remove();
  });
