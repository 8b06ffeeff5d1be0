import { dedent } from './tokens.ts';

export type Block = { readonly language: string; readonly text: string; readonly closed: boolean };

/** Markdown code blocks in order; one that is never closed reaches to the end. A block of Markdown is looked into. */
export function blocksOf(answer: string): Block[] {
  const blocks: Block[] = [];
  let open: { marks: string; language: string; indent: number; lines: string[] } | null = null;
  const close = (closed: boolean): void => {
    if (open === null) return;
    const { indent, lines, language } = open;
    const text = lines.map((l) => l.slice(Math.min(indent, /^\s*/.exec(l)![0].length))).join('\n');
    blocks.push({ language, text: dedent(text), closed });
    open = null;
  };
  for (const line of answer.split(/\r?\n/)) {
    if (open === null) {
      const start = /^(\s*)(`{3,}|~{3,})[ \t]*([\w+-]*)(.*)$/.exec(line);
      if (start === null) continue;
      const [, space = '', marks = '', language = '', rest = ''] = start;
      // A whole block on one line: ```lean by simp```
      const inline = rest.endsWith(marks) ? rest.slice(0, -marks.length).trim() : null;
      if (inline !== null && inline !== '')
        blocks.push({ language: language.toLowerCase(), text: inline, closed: true });
      else open = { marks, language: language.toLowerCase(), indent: space.length, lines: [] };
    } else if (line.trim().startsWith(open.marks) && /^(`+|~+)$/.test(line.trim())) {
      close(true);
    } else {
      open.lines.push(line);
    }
  }
  close(false);
  return blocks.flatMap((b) =>
    /^(markdown|md)$/.test(b.language)
      ? blocksOf(b.text).map((inner) => ({ ...inner, closed: inner.closed && b.closed }))
      : [b],
  );
}
