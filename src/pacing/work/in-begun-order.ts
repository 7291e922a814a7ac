/** Work that is begun in an order and ends in any: what came of it is taken in the order in which it was begun. */
export class InOrder<T> {
  private readonly early = new Map<number, T>();
  private readonly take: (outcome: T) => void;
  private next = 0;

  constructor(take: (outcome: T) => void) {
    this.take = take;
  }

  /** `index`: of the work, from 0. */
  ended(index: number, outcome: T): void {
    this.early.set(index, outcome);
    for (let due = this.early.get(this.next); due !== undefined; due = this.early.get(this.next)) {
      this.early.delete(this.next);
      this.next += 1;
      this.take(due);
    }
  }
}
