import type { HeaderEnv, LeanRuntime } from '../runtime/types.ts';
import { type Library, readLibrary } from './library.ts';

/** What was read of headers, by their keys; each is read when it is first asked for. */
export class Libraries {
  readonly #read = new Map<string, Library>();

  of(lean: LeanRuntime, header: HeaderEnv, stopped: () => void): Library {
    let library = this.#read.get(header.key);
    if (library === undefined) {
      library = readLibrary(lean, header, stopped);
      this.#read.set(header.key, library);
    }
    return library;
  }
}
