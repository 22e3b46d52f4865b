// Actors from the server: found, offered, created.
import { explain } from "../text/explain.js";
import { gettext } from "../text/say.js";
import { signInAgain } from "./session.js";
import { token } from "./token.js";

export const kinds = {
  person: () => gettext("Create “{name}” as a person"),
  organisation: () => gettext("Create “{name}” as an organisation"),
  state: () => gettext("Create “{name}” as a state"),
  media: () => gettext("Create “{name}” as a medium"),
  document: () => gettext("Create “{name}” as a document"),
  unnamed_person: () => gettext("Create “{name}” as an unnamed person"),
  unnamed_group: () => gettext("Create “{name}” as an unnamed group"),
};

export function offeredActors() {
  return JSON.parse(document.querySelector("#work #offered-actors")?.textContent ?? "[]");
}

export async function findActors(words, signal) {
  const url = `/api/actors/?q=${encodeURIComponent(words)}`;
  const answer = await whileSignedIn(() => ask(url, { signal }));
  if (!answer.ok) throw new Error(explain(answer.status));
  return (await answer.json()).results;
}

// {actor}, or {near, message} when there are actors of nearly this name, or {message} when it was refused.
export async function nameActor(typed) {
  const answer = await whileSignedIn(() => send(typed));
  if (answer.status === 201) return { actor: await answer.json() };
  if (answer.status !== 400 && answer.status !== 409) throw new Error(explain(answer.status));
  const refused = await answer.json();
  return {
    near: refused.candidates,
    message: Object.values(refused)[0]?.[0] ?? explain(answer.status),
  };
}

// 401 to whoever is signed out; 403 where somebody signed in meanwhile in another window: their token is another.
async function whileSignedIn(request) {
  const answer = await request();
  if (answer.status !== 401 && answer.status !== 403) return answer;
  if (await signInAgain()) return request();
  throw new Error(explain(401));
}

function send(typed) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  return ask("/api/actors/", { method: "POST", headers, body: JSON.stringify(typed) });
}

async function ask(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(explain(0));
  }
}
