// <time datetime="…Z" data-local>: the server prints UTC, the reader sees their own zone.

function localise(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.textContent;
    time.textContent = moment.toLocaleString(undefined, {
      dateStyle: "medium",
      timeStyle: "short",
    });
    time.removeAttribute("data-local");
  }
}

localise(document);
document.addEventListener("htmx:load", (event) => localise(event.detail.elt));
