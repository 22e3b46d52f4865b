import "./elements/failures.js";
import "./elements/local-times.js";

document.documentElement.dataset.ready = "1";
