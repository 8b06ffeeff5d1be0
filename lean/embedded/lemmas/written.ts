/** What the user wrote of a name: a private one is `_private`, module, 0, and then that. */
export const userPart = (components: readonly (string | number)[]): readonly (string | number)[] =>
  components[0] === '_private' ? components.slice(components.indexOf(0) + 1) : components;
