// <details data-menu>: closes when one turns elsewhere, and with Escape, which gives the focus back.

const open = () => document.querySelector("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  const menu = open();
  if (event.key !== "Escape" || !menu?.contains(event.target)) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
for (const type of ["pointerdown", "focusin"])
  document.addEventListener(type, ({ target }) => {
    const menu = open();
    if (menu && !menu.contains(target)) menu.open = false;
  });
