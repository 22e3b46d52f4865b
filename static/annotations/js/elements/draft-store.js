// Drafts in the browser's own storage. Only the one who is signed in reads theirs; signing out takes them away.
import { draftKey, draftsOf, isOf, outdated, parsed } from "../text/drafts.js";
import { pageUser } from "./token.js";

const LEFT = "newsroom-left"; // who signed out last: their other windows keep nothing any more

let isShut = false;

function all() {
  try {
    return Object.entries({ ...localStorage });
  } catch {
    return []; // forbidden: then nothing was kept
  }
}

export function keyFor(article, form) {
  return draftKey(pageUser(), article, form);
}

export function draft(key) {
  try {
    const found = parsed(localStorage.getItem(key));
    return found.entries ? found : null;
  } catch {
    return null;
  }
}

// False where the browser does not keep it: its storage is full or switched off.
export function keepDraft(key, kept) {
  if (isShut || !pageUser()) return false;
  try {
    localStorage.setItem(key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // there is none
  }
}

export function draftsIn(article) {
  return pageUser() ? draftsOf(all(), pageUser(), article) : [];
}

function leave() {
  isShut = true;
  for (const [key] of all()) if (isOf(key, pageUser())) dropDraft(key);
}

document.addEventListener("submit", ({ target }) => {
  if (!pageUser() || !target.matches("form[action$='/sign-out/']")) return;
  leave();
  try {
    localStorage.setItem(LEFT, JSON.stringify({ user: pageUser(), at: Date.now() }));
  } catch {
    // then nothing was kept either
  }
});
addEventListener("storage", ({ key, newValue }) => {
  if (key === LEFT && String(parsed(newValue).user) === pageUser()) leave();
});
document.addEventListener("newsroom:signed-in", () => {
  isShut = false;
});

for (const key of outdated(all(), Date.now())) dropDraft(key);
