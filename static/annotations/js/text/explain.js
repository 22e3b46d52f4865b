// What went wrong with a request, in plain words; 0 stands for no answer at all.
import { gettext } from "./say.js";

const words = {
  401: () => gettext("You are signed out. What you typed is still here: sign in to go on."),
  403: () => gettext("Your account may not do this. What you typed is still here."),
  404: () => gettext("This is not there any more. Reload the page to see what is."),
  413: () => gettext("That is too much for one request."),
  429: () =>
    gettext(
      "Too many requests at once. Wait a minute and try again; what you typed is still here.",
    ),
};

export function explain(status) {
  if (!status)
    return gettext(
      "The server cannot be reached. What you typed is still here: try again when you are back online.",
    );
  if (words[status]) return words[status]();
  return status >= 500
    ? gettext(
        "The server failed. Nothing was half-saved, and what you typed is still here: try again.",
      )
    : gettext("The server refused this ({status}). What you typed is still here.").replace(
        "{status}",
        status,
      );
}

// Whether the same request may go through a little later.
export function mayPass(status) {
  return !status || status === 401 || status === 429 || status >= 500;
}
