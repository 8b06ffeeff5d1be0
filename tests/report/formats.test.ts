import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5';
import { validateXML } from 'xmllint-wasm';
import { FORMAT_NAMES, formatOf, renderReport } from '../../src/report/formats/index.ts';
import { reportSchema } from '../../src/report/report/schema.ts';
import { NASTY, ONE_OF_EACH, report, result, run } from './sample.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const XSD = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

const elements = (page: string): Element[] => {
  const found: Element[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if ('tagName' in node) found.push(node);
      if ('childNodes' in node) walk(node.childNodes);
    }
  };
  walk(parseHtml(page).childNodes);
  return found;
};

const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((a) => a.name === name)?.value;

const unfinished = () =>
  report(
    ONE_OF_EACH,
    {},
    run({ label: NASTY, state: 'running', theoremIds: ['good', 'bad', 'false', 'half', 'broken', 'later'] }),
  );

it('the page holds what a model wrote as text only: no script, no handler, nothing that is loaded', async () => {
  const all = elements(await renderReport(unfinished(), 'html'));
  const tags = new Set(all.map((e) => e.tagName));
  for (const tag of ['script', 'img', 'iframe', 'link', 'object', 'embed', 'base', 'form'])
    expect([tag, tags.has(tag)]).toEqual([tag, false]);
  for (const element of all)
    for (const { name, value } of element.attrs) {
      expect(name).not.toMatch(/^on|^(?:src|href|srcset|action|xlink:href)$/);
      if (name === 'style') expect(value).not.toMatch(/url\(/);
    }
  const policy = all.find((e) => e.tagName === 'meta' && attribute(e, 'http-equiv') !== undefined)!;
  expect(attribute(policy, 'content')).toContain("default-src 'none'");
  const proof = all.filter((e) => e.tagName === 'pre').map(textOf);
  // What could not be seen is named, all else is as it was.
  const seen = NASTY.replace('\u0000', '⟨U+0000⟩')
    .replace('\u0007', '⟨U+0007⟩')
    .replace('\u202e', '⟨U+202E⟩');
  expect(proof).toContain(seen);
});

it('the page names each outcome, each KPI with its verdict, each theorem once, and has its plots', async () => {
  const all = elements(await renderReport(unfinished(), 'html'));
  const rows = all.filter((e) => e.tagName === 'tr' && /^r-/.test(attribute(e, 'class') ?? ''));
  expect(rows.map((row) => attribute(row, 'class'))).toEqual([
    ...['r-solved', 'r-unsolved', 'r-refuted', 'r-conditional', 'r-error'],
  ]);
  expect(all.filter((e) => attribute(e, 'class')?.startsWith('tile ')).length).toBe(5);
  const figures = all.filter((e) => e.tagName === 'figure').map(textOf);
  expect(figures.length).toBe(9);
  const svgs = all.filter((e) => e.tagName === 'svg');
  expect(svgs.length).toBe(6);
  for (const svg of svgs) expect(attribute(svg, 'aria-label')).not.toBe('');
  expect(figures.filter((text) => text.includes('no data')).length).toBe(3);
  expect(textOf(all.find((e) => e.tagName === 'h1')!)).toContain('1 of 6 theorems solved');
});

it('10,000 theorems make a page that a browser opens, which says that it is shortened', async () => {
  const long = 'x'.repeat(2_000);
  const made = report(
    Array.from({ length: 10_000 }, (_, i) => ({
      result: result({
        ...{ theoremId: `t${i}`, startedAt: 1_000 + i * 5, endedAt: 1_020 + i * 5 },
        outcome: i % 100 === 99 ? 'unsolved' : 'solved',
        submission: { form: 'proof', text: long },
      }),
    })),
  );
  const page = await renderReport(made, 'html');
  expect(page.length).toBeLessThan(4_000_000);
  const all = elements(page);
  expect(all.filter((e) => /^r-/.test(attribute(e, 'class') ?? '')).length).toBe(1000);
  const said = all.filter((e) => attribute(e, 'class') === 'warn').map(textOf);
  expect(said[0]).toContain('1 000 of 10 000 theorems');
  expect(said).toHaveLength(2);
  const markdown = await renderReport(made, 'md');
  expect(markdown.length).toBeLessThan(500_000);
  expect(markdown).toContain('The first 1 000 of 10 000');
  expect((await renderReport(made, 'csv')).split('\r\n').length).toBe(10_002);
});

it('a run with no result has a page, a table and a file of each kind', async () => {
  const none = report([], {}, run({ state: 'running', endedAt: null, theoremIds: ['a'], provenance: {} }));
  for (const format of ['html', 'md', 'json', 'csv', 'junit'] as const)
    expect((await renderReport(none, format)).length).toBeGreaterThan(100);
});

it('JUnit XML is valid by its schema: failures are what is not solved, errors are errors, the rest is skipped', async () => {
  const text = await renderReport(unfinished(), 'junit');
  const checked = await validateXML({
    xml: [{ fileName: 'report.xml', contents: text }],
    schema: [XSD],
  });
  expect(checked.errors).toEqual([]);
  expect(checked.valid).toBe(true);
  expect(text).toMatch(/tests="6" failures="3" errors="1" skipped="1"/);
  expect(text.match(/<failure /g)).toHaveLength(3);
  expect(text.match(/<error /g)).toHaveLength(1);
  expect(text.match(/<skipped /g)).toHaveLength(1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no form for them.
  expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u);
});

/** RFC 4180, as a reader of it would go about it. */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
};

it('CSV keeps every text, and none of it is a formula to a spreadsheet', async () => {
  const [head, ...rows] = parseCsv(await renderReport(unfinished(), 'csv'));
  expect(rows).toHaveLength(5);
  const at = (row: string[], name: string) => row[head!.indexOf(name)]!;
  for (const row of rows) {
    expect(row).toHaveLength(head!.length);
    for (const cell of row) expect(cell).not.toMatch(/^[=+@\t\r]/);
  }
  expect(at(rows[0]!, 'proof')).toBe(`'${NASTY}`);
  expect(at(rows[0]!, 'lean_ms')).toBe('1234.4');
  expect(rows.map((row) => at(row, 'outcome'))).toEqual([
    ...['solved', 'unsolved', 'refuted', 'conditional', 'error'],
  ]);
});

it('JSON is what its schema says, with its version', async () => {
  const made = unfinished();
  const read = reportSchema.parse(JSON.parse(await renderReport(made, 'json')));
  expect(read.report).toBe(1);
  expect(read.outcomes).toEqual({ solved: 1, unsolved: 1, refuted: 1, conditional: 1, error: 1 });
  expect(read.unfinished).toEqual(['later']);
});

it('Markdown has one line a theorem, whatever its texts hold', async () => {
  const text = await renderReport(unfinished(), 'md');
  const rows = text.split('## Theorems')[1]!.split('## Provenance')[0]!.trim().split('\n');
  expect(rows).toHaveLength(2 + 5);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(8);
  expect(text).not.toMatch(/<script|<img/);
});

it('the format comes from what was said, or from the extension', () => {
  expect(formatOf(FORMAT_NAMES, undefined, 'a/report.HTML')).toBe('html');
  expect(formatOf(FORMAT_NAMES, undefined, 'results.xml')).toBe('junit');
  expect(formatOf(FORMAT_NAMES, 'csv', 'report.html')).toBe('csv');
  expect(formatOf(FORMAT_NAMES, undefined, undefined)).toBe('md');
  expect(() => formatOf(FORMAT_NAMES, undefined, 'report.pdf')).toThrow(
    "the extension of 'report.pdf' names no format",
  );
});
