// What the selected words become by key: a new statement, or a part of the one that is open.
import { gettext } from "../text/say.js";
import { notice } from "./announce.js";
import { choose } from "./chooser.js";
import { buttonFor, onCommand } from "./keys.js";
import { taken } from "./taken.js";
import { workText } from "./text-range.js";

const KEYS = { content: "c", source: "s", cue: "q", marker: "m", evidence: "e" };

// `act` gets the toolbar with the words that are selected now.
function withWords(act) {
  return () => {
    const bar = document.querySelector("selection-toolbar");
    bar?.refresh();
    return bar?.words ? act(bar) : false;
  };
}

function create(bar) {
  const button = bar.buttons.find(({ dataset }) => dataset.act === "new");
  if (button) bar.act(button);
  else if (taken()) notice(gettext("Save these words with Enter, or leave them with Esc, first."));
  else notice(gettext("Save or cancel the open form first."));
}

function add(bar) {
  const roles = bar.buttons.filter(({ dataset }) => dataset.role);
  if (roles.length === 1) return bar.act(roles[0]);
  if (!roles.length) return notice(gettext("Open a statement first."));
  choose({
    desk: bar.desk,
    label: gettext("Add the words as"),
    items: roles.map((button) => ({
      words: button.textContent,
      key: KEYS[button.dataset.role],
      pick: () => bar.act(button),
    })),
    at: document.getSelection().getRangeAt(0).getBoundingClientRect(),
    back: workText(),
  });
}

// The selected words of the open statement, or the piece of it that is taken; else its card asks for them.
function split() {
  const bar = document.querySelector("selection-toolbar");
  bar?.refresh();
  const own = taken()?.querySelector("[data-split]");
  const button = bar?.words && bar.buttons.find(({ dataset }) => dataset.act === "split");
  if (button) return bar.act(button);
  const link = own ?? buttonFor("split");
  link?.click();
  return Boolean(link);
}

onCommand("split", split);
onCommand("new", withWords(create));
onCommand("add", withWords(add));
