/** Places that the server has given to changes of this device, which need not come back (docs/sync.md, SYNC-PULL-2). */

export class OwnPlaces {
  /** Ascending, all behind the cursor. */
  #places: number[] = [];

  /** Notes the places of one push. */
  add(places: readonly number[]): void {
    const last = this.#places.at(-1) ?? 0;
    const inOrder = places.every((place, i) => place > (i === 0 ? last : (places[i - 1] as number)));
    this.#places.push(...places);
    if (!inOrder) this.#places.sort((a, b) => a - b);
  }

  /** The cursor, moved over the places that follow it without a gap. What lies before it is forgotten. */
  moved(cursor: number): number {
    let at = cursor;
    let passed = 0;
    for (const place of this.#places) {
      if (place > at + 1) break;
      at = Math.max(at, place);
      passed += 1;
    }
    if (passed > 0) this.#places.splice(0, passed);
    return at;
  }

  /** How many places after the cursor may be others' before the next of our own. */
  gapAfter(cursor: number): number {
    const next = this.#places.find((place) => place > cursor);
    return next === undefined ? Number.POSITIVE_INFINITY : next - cursor - 1;
  }

  /** The server has begun anew: places mean nothing any more. */
  clear(): void {
    this.#places = [];
  }
}
