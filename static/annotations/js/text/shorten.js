// The first and last words of a quote, for a list where the whole is too long.
export function shorten(quote, longest = 90) {
  const points = [...quote];
  if (points.length <= longest) return quote;
  const half = Math.floor((longest - 3) / 2);
  return `${points.slice(0, half).join("").trimEnd()} … ${points.slice(-half).join("").trimStart()}`;
}
