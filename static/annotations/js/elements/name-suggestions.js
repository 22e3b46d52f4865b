// <input data-suggest="actors">: names that begin like what is typed, in a list of the browser's own.
import { findActors } from "./actors.js";
import { notice } from "./announce.js";

const PAUSE = 150; // milliseconds without a key before we ask

function suggestFor(input, number) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${number}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting = 0;
  let asked = "";

  async function offer() {
    asked = input.value.trim();
    const found = asked ? await findActors(asked) : [];
    if (asked !== input.value.trim()) return;
    list.replaceChildren(...found.map((actor) => new Option(actor.matched ?? "", actor.name)));
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer().catch((error) => notice(error.message)), PAUSE);
  });
}

document.querySelectorAll('input[data-suggest="actors"]').forEach(suggestFor);
