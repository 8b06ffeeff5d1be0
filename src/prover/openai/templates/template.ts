import type { GenerateRequest } from '../../prover.ts';

/** What the model wrote, and whether it came to an end of its own. */
export type Written = { readonly text: string; readonly whole: boolean };

/** The form of prompt and answer that a family of models was trained on. */
export type Template = {
  /** Raised with every change of the words: it is part of the response key. */
  readonly version: number;
  /** `chat`: /chat/completions with system and user turn. `completion`: /completions, the model goes on with `user`. */
  readonly form: 'chat' | 'completion';
  /** Texts at which the server is to stop. */
  readonly stop: readonly string[];
  render(request: GenerateRequest): {
    readonly system: string;
    readonly user: string;
    /** Where the prompt is our own: its variant. */
    readonly variant?: string;
  };
  /** The model's text as an answer with its code in a block, for `clean`. */
  read(written: Written, request: GenerateRequest): Written;
};
