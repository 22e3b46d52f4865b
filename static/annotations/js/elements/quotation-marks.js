// The quotation marks at the ends of selected words, as the editor has set under “Keys and settings”.
import { toUnits } from "../text/offsets.js";
import { withMarks } from "../text/quotation-marks.js";
import { gettext } from "../text/say.js";
import { listed } from "./keys.js";
import { selectionAt, workText } from "./text-range.js";

const said = {
  in: () => gettext("The quotation marks were taken in."),
  out: () => gettext("The quotation marks were left out."),
};

// {start, end, exact} in code points, and `marks` in words where that is not what was selected.
export function asSet({ start, end, exact }) {
  const how = listed?.quotes ?? "keep";
  const root = workText();
  const text = root.textContent;
  const place = [toUnits(text, start), toUnits(text, end)];
  const now = withMarks(text, place, how);
  if (now.join() === place.join()) return { start, end, exact };
  return { ...selectionAt(root, ...now), marks: said[how]() };
}
