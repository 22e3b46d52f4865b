// Measures inside a page, the same for each site: from an act of the hand to the frame that shows what it did.
// Given to the browser before each page of the site `SITE`; what is looked for there stands in `sites`.

const shown = (element) => Boolean(element?.getClientRects().length);
const all = (selector) => [...document.querySelectorAll(selector)];

const sites = {
  ours: {
    text: () => document.querySelector("[data-article-text]"),
    settled: () => document.documentElement.dataset.ready && !document.querySelector(".htmx-request"),
    loaded: (number) => all("[data-article-text] span[id^='s-']").length >= number,
    count: () => all("[data-article-text] span[id^='s-']").length,
    toolbar: () => shown(document.querySelector("selection-toolbar:not([hidden])")),
    saved: (before) => sites.ours.count() > before,
    // The words stand highlighted as what is being saved, before the server has answered.
    pending: () => Boolean(globalThis.CSS.highlights.get("saving")?.size) || sites.ours.saved(probe.before),
    partners: () => all("[data-article-text] mark.hot").length && all("[data-article-text] mark.partner").length,
    spot: (start) => middleOf(rangeAt(sites.ours.text(), start, start + 4)),
  },
  recogito: {
    text: () => document.getElementById("content"),
    settled: () => Boolean(globalThis.anno),
    loaded: (number) => globalThis.anno?.getAnnotations().length >= number && shown(document.querySelector(".r6o-annotation")),
    count: () => new Set(all(".r6o-annotation").map((one) => one.dataset.annotation)).size,
    toolbar: () => shown(document.getElementById("toolbar")),
    saved: () => all(".r6o-annotation").some((one) => !one.dataset.annotation.startsWith("made-")),
    partners: () => new Set(all(".r6o-annotation").map((one) => one.style.backgroundColor)).size > 1,
    spot: (start) => middleOf(rangeAt(sites.recogito.text(), start, start + 4)),
  },
  doccano: {
    text: () => document.querySelector(".annotation-text"),
    settled: () => shown(document.querySelector(".annotation-text svg g line")),
    loaded: () => all(".annotation-text svg g line").length > 8,
    count: () => all(".annotation-text svg g line").length,
    toolbar: () => shown(document.querySelector(".v-menu__content.menuable__content__active")),
    saved: (before) => sites.doccano.count() > before,
    partners: () => all(".annotation-text svg g line").filter((one) => Number(one.getAttribute("stroke-width")) > 6).length >= 2,
    // The line that links two entities: hovering it is what shows both.
    spot: (_start, index) => middleOf(all(".annotation-text svg g > g > rect")[index]),
  },
};

function rangeAt(root, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let isOpen = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!isOpen && start < passed + node.length) {
      range.setStart(node, start - passed);
      isOpen = true;
    }
    if (isOpen && end <= passed + node.length) {
      range.setEnd(node, end - passed);
      return range;
    }
    passed += node.length;
  }
  return range;
}

function middleOf(place) {
  const box = place.getClientRects()[0];
  return [box.left + box.width / 2, box.top + box.height / 2];
}

// From where to where the mouse is dragged over a word that stands once in the text.
function wordAt(root, word) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    const boxes = range.getClientRects();
    const box = boxes[0];
    return boxes.length ? [box.left + 0.5, box.right - 0.5, box.top + box.height / 2] : null;
  }
  return null;
}

// Calls `done` with the time after the first frame in which `is()` holds. The message is answered once the
// frame is laid out and painted: no second frame is waited for, so what is told is not rounded to frames.
function afterFrame(is, done, until) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      if (is()) done(performance.now());
      else if (performance.now() < until) afterFrame(is, done, until);
      else done(Number.NaN);
    };
    channel.port2.postMessage(null);
  });
}

globalThis.probe = {
  site: sites[SITE],
  before: 0,

  // The next `act` in the page begins the time, by the browser's own stamp; `key` where it is a key.
  // `done` is then {name: milliseconds} for each of the names, NaN for what never came.
  arm(names, act, key) {
    this.before = this.site.count();
    const begun = new Promise((begin) => {
      const heard = (event) => {
        if (key && event.key !== key) return;
        removeEventListener(act, heard, true);
        begin(event.timeStamp);
      };
      addEventListener(act, heard, true);
    });
    const until = performance.now() + 10_000;
    const one = async (name) => {
      const began = await begun;
      const at = await new Promise((done) => {
        afterFrame(() => this.site[name](this.before), done, until);
      });
      return [name, at - began];
    };
    this.done = Promise.all(names.map(one)).then(Object.fromEntries);
  },

  load(number) {
    this.loaded = new Promise((done) => {
      afterFrame(() => this.site.loaded(number), done, 60_000);
    });
  },

  async opened() {
    const loaded = await this.loaded;
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (!painted()) await new Promise((done) => setTimeout(done, 20));
    return { first: painted().startTime, loaded };
  },

  word: (word) => wordAt(sites[SITE].text(), word),
};
probe.load(NUMBER);
