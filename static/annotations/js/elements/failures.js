// Every failed request is shown to the editor; what was typed stays in its form.
import { notice } from "./announce.js";
import { renewToken } from "./token.js";

const words = {
  403: "Your account may not do this, or you signed out elsewhere. What you typed is still here: sign in in another tab, then send it again.",
  404: "This is not there any more. Reload the page to see what is.",
  413: "That is too much for one request.",
  429: "Too many requests at once. Wait a minute and try again; what you typed is still here.",
};

export function explain(status) {
  if (!status)
    return "The server cannot be reached. What you typed is still here: try again when you are back online.";
  if (words[status]) return words[status];
  return status >= 500
    ? "The server failed. Nothing was half-saved, and what you typed is still here: try again."
    : `The server refused this (${status}). What you typed is still here.`;
}

let signedOut = false;

document.addEventListener("htmx:responseError", (event) => {
  signedOut ||= event.detail.xhr.status === 403;
  notice(explain(event.detail.xhr.status));
});
document.addEventListener("htmx:sendError", () => notice(explain(0)));
document.addEventListener("htmx:timeout", () => notice(explain(0)));
document.addEventListener("htmx:beforeRequest", () => notice(""));
// Whoever signed in elsewhere has a new token: fetch it before the form is sent again.
document.addEventListener("htmx:confirm", async (event) => {
  if (!signedOut || event.defaultPrevented) return;
  event.preventDefault();
  signedOut = !(await renewToken());
  event.detail.issueRequest(true);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // A session that ended answers with the sign-in page: never put that into a panel.
  if (event.detail.xhr.responseURL.includes("/sign-in/")) {
    event.detail.shouldSwap = false;
    signedOut = true;
    notice(
      "You were signed out. What you typed is still here: sign in in another tab, then send it again.",
    );
  }
});

// A page that came back with errors: the first field that is wrong has the focus, else what says so.
const wrong = ["[aria-invalid=true]", "[role=alert]"]
  .map((sign) => document.querySelector(`main form[data-form] ${sign}`))
  .find((found) => found && !found.closest("article-desk"));
if (wrong && document.activeElement === document.body) {
  if (wrong.matches("[role=alert]")) wrong.tabIndex = -1;
  wrong.focus();
}
