// crypto.randomUUID is there on secure addresses only; a small office may serve plain HTTP in its own network.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

// Of a row, in the letters and the length that the server gives its own.
export function newRowId() {
  return newId().replaceAll("-", "").slice(0, 12);
}
