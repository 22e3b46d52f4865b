// What the roles of words are called.
import { gettext } from "../text/say.js";

const words = {
  content: () => gettext("content"),
  source: () => gettext("source"),
  cue: () => gettext("cue"),
  marker: () => gettext("marker"),
  evidence: () => gettext("evidence"),
};

export function roleWords(role) {
  return words[role]?.() ?? role;
}

export function roleButton(role) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn small", textContent: roleWords(role) });
  Object.assign(button.dataset, { act: "use", role });
  return button;
}
