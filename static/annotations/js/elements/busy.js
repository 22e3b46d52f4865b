// A form that takes long says so while the browser waits for the answer, and is not sent twice.
const forms = "form[data-busy]";

function show(form, isBusy) {
  if (isBusy) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  const words = form.querySelector("[data-busy-words]");
  if (words) words.hidden = !isBusy;
}

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!target.matches(forms) || submitter?.hasAttribute("formaction")) return;
  if (target.hasAttribute("aria-busy")) event.preventDefault();
  else show(target, true);
});

// Come back to by the browser's own button, it can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(forms)) show(form, false);
});
