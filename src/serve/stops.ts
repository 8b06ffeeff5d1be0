/** Why the work on a snippet was ended before Lean answered; the message is for the client. */
export class SnippetStopped extends Error {
  override readonly name = 'SnippetStopped';
}

type Work = { started: boolean; readonly stop: AbortController };

/** What is being worked on, so that the end of the server can reach it. */
export class Stops {
  readonly #works = new Set<Work>();
  #ending: SnippetStopped | null = null;

  get ending(): boolean {
    return this.#ending !== null;
  }

  /** `leave` when it is answered. Work that comes after the end was announced is stopped from the start. */
  enter(): { readonly signal: AbortSignal; start(): void; stop(why: string): void; leave(): void } {
    const work: Work = { started: false, stop: new AbortController() };
    this.#works.add(work);
    if (this.#ending) work.stop.abort(this.#ending);
    return {
      signal: work.stop.signal,
      start: () => {
        work.started = true;
      },
      stop: (why) => work.stop.abort(new SnippetStopped(why)),
      leave: () => this.#works.delete(work),
    };
  }

  /** What waits is stopped, what runs goes on. */
  announceEnd(): void {
    this.#ending = new SnippetStopped('the server is ending; the snippet was not checked');
    for (const { started, stop } of this.#works) if (!started) stop.abort(this.#ending);
  }

  endAll(): void {
    for (const { stop } of this.#works)
      stop.abort(new SnippetStopped('the server ended before the snippet was checked'));
  }
}
