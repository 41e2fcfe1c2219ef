// How much goes to the server at once: as many changes and characters as it says on the page that it takes.

export class Batches {
  #mostCharacters;

  constructor({ mostChanges, mostCharacters }) {
    this.mostChanges = Number(mostChanges);
    this.#mostCharacters = Number(mostCharacters);
  }

  // The first of the changes, in their order: at least one, at most `most`.
  first(changes, most) {
    const batch = [];
    let characters = 0;
    for (const change of changes) {
      characters += change.text.length + change.based_on.length;
      if (batch.length === most || (batch.length && characters > this.#mostCharacters)) break;
      batch.push(change);
    }
    return batch;
  }
}
