// Puts what was kept back into a form: its fields, the rows that were added, the words that were chosen.
import { rowsIn } from "../text/drafts.js";

export function refill(form, entries) {
  for (const rows of form.querySelectorAll("form-rows"))
    rows.use(rowsIn(entries, rows.dataset.prefix));
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    const isChoice = field.type === "checkbox" || field.type === "radio";
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.matches("button")) continue;
    if (field.name === "version" && !form.matches("[data-form]")) continue; // nothing is compared by it
    if (isChoice) choose(field, values.get(field.name) ?? []);
    else if (values.has(field.name)) put(field, values.get(field.name).shift());
  }
  for (const list of form.querySelectorAll("span-list")) list.use?.();
}

function put(field, value = "") {
  if (field.value !== value) open(field);
  field.value = value;
}

function choose(field, values) {
  const checked = values.includes(field.value);
  if (field.checked !== checked) open(field);
  field.checked = checked;
}

// What was folded away comes into view where something in it differs.
function open(field) {
  if (field.type === "hidden") return;
  const folded = field.closest("details:not([open])");
  if (folded) folded.open = true;
}
