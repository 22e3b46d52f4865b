// Swagger UI leaves some controls without a name: lists of values, which are called after their parameter here,
// the field of a request's body, and the button that closes its dialogue; and examples that scroll are out of a
// keyboard's reach. It draws them anew at will, so each change is looked at. In English, as all of it is.
const page = document.getElementById("swagger-ui");

function name(control, words) {
  if (!control.hasAttribute("aria-label")) control.setAttribute("aria-label", words);
}

function nameAll() {
  for (const row of page.querySelectorAll("[data-param-name]")) {
    for (const list of row.querySelectorAll("select")) name(list, row.dataset.paramName);
  }
  for (const field of page.querySelectorAll(".body-param__text")) name(field, "Request body");
  for (const example of page.querySelectorAll("pre.example")) example.tabIndex = 0;
  for (const button of page.querySelectorAll(".close-modal")) name(button, "Close");
}

new MutationObserver(nameAll).observe(page, { childList: true, subtree: true });
