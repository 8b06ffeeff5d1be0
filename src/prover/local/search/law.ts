/** A statement that may hold of the functions of a goal. Induction is on the first variable unless something else is said. */
export type Conjecture = {
  readonly name: string;
  readonly variables: readonly { readonly name: string; readonly type: string }[];
  /** What is said of them. */
  readonly body: string;
  readonly on?: string;
  readonly generalizing?: string;
  /** A call whose function is recursive in the way that the proof goes. */
  readonly along?: string;
};

/** A function of the context by its types. */
export type Known = { readonly f: string; readonly args: readonly string[]; readonly result: string };

export const statementOf = ({ variables, body }: Conjecture): string =>
  `∀ ${variables.map((v) => `(${v.name} : ${v.type})`).join(' ')}, ${body}`;
