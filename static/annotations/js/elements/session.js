// The session ended while somebody was at work: they sign in again in place, and what was interrupted goes on.
import { explain } from "../text/explain.js";
import { fill, gettext } from "../text/say.js";
import { notice } from "./announce.js";
import { pageUser, renewToken, sendPassword } from "./token.js";

let asking = null;

// True once the person whom the page was made for is signed in: in another tab already, or by the password now.
export function signInAgain() {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask() {
  try {
    const who = await renewToken();
    if (who.user) return isSame(who) || leave(who);
    return await askPassword(document.querySelector("#sign-in-again"));
  } catch {
    notice(explain(0));
    return false;
  }
}

function isSame({ user }) {
  const same = String(user) === pageUser();
  if (same) document.dispatchEvent(new CustomEvent("newsroom:signed-in"));
  return same;
}

// Somebody else's page is no place to go on: theirs is loaded, what was typed stays kept for whom it is.
function leave({ name }) {
  const words = gettext("{name} is signed in now. The page is loaded for them.");
  notice(fill(words, { name }));
  setTimeout(() => location.reload(), 2500);
  return false;
}

async function askPassword(dialog) {
  const before = document.activeElement;
  const form = dialog.querySelector("form");
  const stop = new AbortController();
  const { signal } = stop;
  let who = null;
  const submit = async (event) => {
    event.preventDefault();
    who = await tryPassword(dialog, form);
    if (who) dialog.close();
  };
  form.addEventListener("submit", submit, { signal });
  form.querySelector("[data-later]").addEventListener("click", () => dialog.close(), { signal });
  // Escape closes this and nothing under it.
  dialog.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
  say(dialog, "");
  dialog.showModal();
  form.querySelector("[type=password]").focus();
  await new Promise((closed) => {
    dialog.addEventListener("close", closed, { signal });
  });
  stop.abort();
  form.querySelector("[type=password]").value = "";
  if (before?.isConnected) before.focus({ preventScroll: true });
  return Boolean(who) && (isSame(who) || leave(who));
}

async function tryPassword(dialog, form) {
  const answer = await sendPassword(form).catch(() => ({ status: 0 }));
  if (answer.status === 200) return answer;
  form.querySelector("[type=password]").select();
  say(dialog, wrong(answer.status));
  return null;
}

function wrong(status) {
  if (status === 422)
    return gettext(
      "That name and password don’t match. After five wrong tries an account is locked for a quarter of an hour.",
    );
  if (status === 429)
    return gettext("Too many wrong passwords. Wait a quarter of an hour, then try again.");
  return status ? explain(status) : gettext("The server cannot be reached. Try again.");
}

function say(dialog, words) {
  const line = dialog.querySelector("[data-wrong]");
  line.textContent = words;
  line.hidden = !words;
}
