// The token that a write must carry. Signing in again changes it, so the pages that are open fetch the new one.

export function token() {
  return meta(document).content;
}

// True when there was somebody signed in to fetch it.
export async function renewToken() {
  try {
    const answer = await fetch(location.pathname);
    if (!answer.ok || answer.url.includes("/sign-in/")) return false;
    use(meta(new DOMParser().parseFromString(await answer.text(), "text/html")).content);
    return true;
  } catch {
    return false;
  }
}

function use(fresh) {
  meta(document).content = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]"))
    input.value = fresh;
}

function meta(page) {
  return page.querySelector("meta[name=csrf-token]");
}
