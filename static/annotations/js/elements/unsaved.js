// What was typed is not thrown away by one key or one click, nor by leaving the page where no draft is kept of it.
import { gettext } from "../text/say.js";
import "./drafts.js";
import { notice } from "./announce.js";

const typed = "form[data-form][data-typed]";

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-form]");
  if (!form) return;
  form.dataset.typed = "";
  delete form.dataset.warned;
});

document.addEventListener(
  "click",
  (event) => {
    const form = event.target.closest?.("[data-cancel]")?.closest(typed);
    if (!form || "warned" in form.dataset) return;
    event.preventDefault();
    event.stopPropagation();
    form.dataset.warned = "";
    notice(gettext("Cancel once more to throw away what you typed."));
  },
  true,
);

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[hx-post]")) delete target.dataset.typed;
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector(`${typed}:not([data-stored])`)) event.preventDefault();
});
