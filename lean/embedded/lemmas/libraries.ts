import type { HeaderEnv, LeanRuntime } from '../runtime/types.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { type Library, readLibrary } from './library.ts';

/** What was read of headers, by their keys; each is read when it is first asked for. */
export class Libraries {
  readonly #declarations = new Map<string, Declarations>();
  readonly #libraries = new Map<string, Library>();

  declarations(lean: LeanRuntime, header: HeaderEnv, stopped: () => void): Declarations {
    const read = this.#declarations.get(header.key) ?? readDeclarations(lean, header, stopped);
    this.#declarations.set(header.key, read);
    return read;
  }

  of(lean: LeanRuntime, header: HeaderEnv, stopped: () => void): Library {
    const read =
      this.#libraries.get(header.key) ?? readLibrary(lean, this.declarations(lean, header, stopped), stopped);
    this.#libraries.set(header.key, read);
    return read;
  }
}
