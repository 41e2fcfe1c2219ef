// How much goes to the server at once: what it accepts, and what a slow phone sends in one go.

export const MOST_CHANGES = 100;
const MOST_CHARACTERS = 300_000; // below the megabyte that proxies commonly let through

// The first of the changes, in their order: at least one, at most `most`.
export function firstBatch(changes, most) {
  const batch = [];
  let characters = 0;
  for (const change of changes) {
    characters += change.text.length + change.based_on.length;
    if (batch.length === most || (batch.length && characters > MOST_CHARACTERS)) break;
    batch.push(change);
  }
  return batch;
}
