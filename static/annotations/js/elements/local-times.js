// <time datetime="…Z" data-local>: the server prints UTC, the reader sees their own zone.
import { gettext } from "../text/say.js";

// The page's language, in whose words months are named; in English, as the reader's own machine writes them.
function language() {
  const { lang } = document.documentElement;
  return lang.startsWith("en") ? undefined : lang;
}

function localise(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.textContent;
    time.textContent = moment.toLocaleString(language(), {
      dateStyle: "medium",
      timeStyle: "short",
      calendar: "gregory",
      numberingSystem: "latn",
    });
    time.removeAttribute("data-local");
  }
}

// <input data-utc-offset>: what is typed beside it is in the reader's zone too; without this script it is UTC.

function ask(root) {
  for (const offset of root.querySelectorAll("[data-utc-offset]")) {
    const typed = offset.form.querySelector("[type=datetime-local], [type=date]");
    const isDay = typed.type === "date"; // meant is the end of it
    const help = document.getElementById(typed.getAttribute("aria-describedby"));
    if (help)
      help.textContent = isDay ? gettext("At the end of the day.") : gettext("In your time zone.");
    const name = () => {
      const end = isDay ? "T23:59" : "";
      const moment = new Date(typed.value + end); // the offset of that day: clocks change in summer
      offset.value = Number.isNaN(moment.getTime()) ? "" : moment.getTimezoneOffset();
    };
    name();
    typed.addEventListener("input", name);
  }
}

function zone(root) {
  localise(root);
  ask(root);
}

zone(document);
document.addEventListener("htmx:load", (event) => zone(event.detail.elt));
