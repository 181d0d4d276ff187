/** Work that many ask for at once and one does. */
export class SharedWork<T> {
  #running: Promise<T> | null = null;
  #next: Promise<T> | null = null;

  /** Resolves with what was begun after this was called: what is under way has perhaps missed something. */
  run(work: () => Promise<T>): Promise<T> {
    if (this.#running === null) return this.#start(work);
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.#start(work);
      });
    return this.#next;
  }

  #start(work: () => Promise<T>): Promise<T> {
    const running = work().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
