// What an actor's field offers: somebody who is there, or a new actor, then of which kind. For the field see
// actor-field.js.
import { fill, gettext } from "../text/say.js";
import { kinds } from "./actors.js";

// {actor} is somebody there; {create} a name nobody has, with {kind} and {label} once the kind is asked.
export function optionRow(option, id, index) {
  const row = Object.assign(document.createElement("li"), { id });
  row.setAttribute("role", "option");
  row.dataset.index = index;
  const name = Object.assign(document.createElement("span"), { dir: "auto" });
  const small = document.createElement("small");
  name.textContent = nameOf(option);
  small.textContent = option.actor ? factsOf(option.actor) : (option.warning ?? "");
  row.append(name, small);
  return row;
}

function nameOf({ actor, label, create }) {
  return actor?.name ?? label ?? fill(gettext("Create “{name}” …"), { name: create });
}

function factsOf({ kind, kind_label, matched, posts }) {
  const facts = [kind_label ?? kind];
  const post = posts?.[0];
  if (post) facts.unshift(`${post.title}, ${post.organisation.name}`);
  if (matched) facts.unshift(fill(gettext("also “{name}”"), { name: matched }));
  return facts.join(" · ");
}

// Of which kind the new one is.
export function kindsFor(create) {
  return Object.entries(kinds).map(([kind, words]) => ({
    create,
    kind,
    label: fill(words(), { name: create }),
  }));
}

// After others of nearly this name.
export function allTheSame(create, kind) {
  return {
    create,
    kind,
    although_near: true,
    label: fill(gettext("Create “{name}” all the same"), { name: create }),
    warning: gettext("nearly the same name is there already"),
  };
}
