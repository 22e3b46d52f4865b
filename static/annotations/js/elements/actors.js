// Actors from the server: found, offered, created.
import { explain } from "./failures.js";
import { renewToken, token } from "./token.js";

export const kinds = [
  ["person", "a person"],
  ["organisation", "an organisation"],
  ["state", "a state"],
  ["media", "a medium"],
  ["document", "a document"],
  ["unnamed_person", "an unnamed person"],
  ["unnamed_group", "an unnamed group"],
];

export function offeredActors() {
  return JSON.parse(document.querySelector("#work #offered-actors")?.textContent ?? "[]");
}

export async function findActors(words, signal) {
  const answer = await ask(`/api/actors/?q=${encodeURIComponent(words)}`, { signal });
  if (!answer.ok) throw new Error(explain(answer.status));
  return (await answer.json()).results;
}

// {actor}, or {near, message} when there are actors of nearly this name, or {message} when it was refused.
export async function nameActor(typed) {
  let answer = await send(typed);
  if (answer.status === 403 && (await renewToken())) answer = await send(typed);
  if (answer.status === 201) return { actor: await answer.json() };
  if (answer.status !== 400 && answer.status !== 409) throw new Error(explain(answer.status));
  const refused = await answer.json();
  return {
    near: refused.candidates,
    message: Object.values(refused)[0]?.[0] ?? explain(answer.status),
  };
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
