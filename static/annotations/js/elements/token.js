// The token that a write must carry. Signing in again changes it, so the pages that are open fetch the new one.

const AGAIN = "/sign-in/again/";

export function token() {
  return meta("csrf-token").content;
}

// The account that this page was made for.
export function pageUser() {
  return meta("user")?.content ?? "";
}

// Who is signed in by now: {user, name}, user null for nobody. The page has their token from then on.
export async function renewToken() {
  const answer = await fetch(AGAIN, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return take(await answer.json());
}

// {status}, and where that is 200 {user, name} as above.
export async function sendPassword(form) {
  const body = new FormData(form);
  const headers = { "HX-Request": "true", "X-CSRFToken": token() };
  const answer = await fetch(AGAIN, { method: "POST", headers, body });
  if (answer.status !== 200) return { status: answer.status };
  return { status: 200, ...take(await answer.json()) };
}

// Nobody goes on with another's work: their token is not for this page.
function take({ user, name, token: fresh }) {
  if (user !== null && String(user) !== pageUser()) return { user, name };
  meta("csrf-token").content = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]"))
    input.value = fresh;
  return { user, name };
}

function meta(name) {
  return document.querySelector(`meta[name=${name}]`);
}
