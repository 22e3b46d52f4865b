// A form that takes long says so while the browser waits for the answer. Sent twice in a row it goes once; later
// again, for whoever stopped the browser.
const forms = "form[data-busy]";
const MOMENT = 5000; // milliseconds
const sent = new WeakMap();

function show(form, isBusy) {
  if (isBusy) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  const words = form.querySelector("[data-busy-words]");
  if (words) words.hidden = !isBusy;
}

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!target.matches(forms) || submitter?.hasAttribute("formaction")) return;
  if (event.timeStamp - (sent.get(target) ?? -MOMENT) < MOMENT) return event.preventDefault();
  sent.set(target, event.timeStamp);
  show(target, true);
});

// Come back to by the browser's own button, it can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(forms)) {
    sent.delete(form);
    show(form, false);
  }
});
