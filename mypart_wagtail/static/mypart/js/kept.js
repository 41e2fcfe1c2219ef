// What the browser keeps of what people typed: lists under one key per person and document, forgotten at
// sign-out and after 14 days.

const PREFIX = "mypart:";
const KEPT_FOR = 14 * 24 * 3600 * 1000;

export function keyOf(person, document) {
  return `${PREFIX}${person}:${document}`;
}

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

// Whether the browser keeps them: its store may be full or forbidden.
export function write(key, changes) {
  try {
    if (changes.length) localStorage.setItem(key, JSON.stringify(changes));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

export function unsentOf(person) {
  return keysOf(person).filter((key) => read(key).length > 0);
}

export function forget(person) {
  for (const key of keysOf(person)) localStorage.removeItem(key);
}

export function forgetOld() {
  const oldest = Date.now() - KEPT_FOR;
  for (const key of keys()) write(key, read(key).filter((change) => change.at > oldest));
}

function keysOf(person) {
  return keys().filter((key) => key.startsWith(`${PREFIX}${person}:`));
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}
