import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];
/** Puts a style round a text, or leaves it as it is where the reader is no terminal. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/** Colour only on a terminal; NO_COLOR and FORCE_COLOR are respected (both by `styleText`). */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (style, text) =>
    text === '' ? '' : styleText(style, text, { stream, validateStream: true });
