import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { ProofloopError } from '../../model/index.ts';
import { cutText } from './cuts.ts';
import { draftsOf } from './drafts.ts';
import { textOf } from './facts.ts';
import { type Folder, jsonAt, openFolder, taskIn } from './folder.ts';
import type { ImportFormat, RowForm } from './formats.ts';
import { factsOf, readRow } from './forms.ts';
import { bad, type Facts, type Item, note, type Place } from './item.ts';
import { type Line, linesOf, MAX_LINE_BYTES, notUtf8, utf8 } from './lines.ts';
import { draftsOfMarked, isMarked } from './marked.ts';

/** Bytes of the largest Lean file that is read, as of every text that is given to Lean. */
const MAX_LEAN_BYTES = 1_000_000;

const ROWS = new Set(['.jsonl', '.ndjson']);

export type ReadOptions = {
  readonly format: ImportFormat;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Absolute paths that are written, and so are no sources, although they may lie in a folder that is one. */
  readonly outputs?: readonly string[];
};

/**
 * All that a source holds, in its order: a file of JSON lines, a JSON array, a Lean file, a folder of these, or `-` for JSON
 * lines on standard input. Throws FILE_NOT_FOUND, FILE_UNREADABLE for what the user named; what is wrong below it is an item.
 */
export async function* readSource(name: string, options: ReadOptions): AsyncGenerator<Item> {
  const label = name === '-' ? 'standard input' : basename(resolve(options.cwd, name));
  for await (const item of itemsOf(name, options)) {
    if (item.kind !== 'draft' || item.draft.own || item.draft.facts.source !== undefined) yield item;
    else {
      const source = label + item.draft.place.file.slice(named(name).length);
      yield { ...item, draft: { ...item.draft, facts: { ...item.draft.facts, source } } };
    }
  }
}

async function* itemsOf(name: string, options: ReadOptions): AsyncGenerator<Item> {
  if (name === '-') return yield* rows(options.stdin, name, options.format);
  const path = resolve(options.cwd, name);
  const kind = await kindOf(path, name);
  if (kind === 'folder') return yield* folderItems(path, name, options);
  yield* fileItems(path, name, options.format, {}, null);
}

async function kindOf(path: string, name: string): Promise<'folder' | 'file'> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    if (found.isFile()) return 'file';
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new ProofloopError('FILE_UNREADABLE', `${name} cannot be read (${code})`, { cause });
    throw new ProofloopError('FILE_NOT_FOUND', `there is no file or folder ${name}`, {
      cause,
      ...(name.includes('\\') ? { fix: `Paths have slashes here: ${unixPath(name)}` } : {}),
    });
  }
  throw new ProofloopError('FILE_UNREADABLE', `${name} is neither file nor folder`);
}

/** `C:\data\x` as WSL has it: `/mnt/c/data/x`. */
const unixPath = (name: string): string =>
  name.replace(/^([A-Za-z]):/u, (_, drive: string) => `/mnt/${drive.toLowerCase()}`).replaceAll('\\', '/');

async function* folderItems(
  root: string,
  name: string,
  { format, outputs = [] }: ReadOptions,
): AsyncGenerator<Item> {
  const notes: Item[] = [];
  const folder = await openFolder(root, (file, text) => {
    notes.push(note({ file: `${named(name)}/${file}`, line: 1 }, text));
  });
  yield* notes;
  for (const found of folder.found) {
    const file = `${named(name)}/${found.name}`;
    const place = { file, line: 1 };
    if (found.kind === 'refused') yield bad(place, null, found.why);
    else if (found.kind === 'passed') yield note(place, found.why);
    else if (isRead(found.path, format) && !outputs.includes(found.path)) {
      try {
        yield* fileItems(found.path, file, format, folder.factsOf(found.path), folder);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === undefined || error instanceof ProofloopError) throw error;
        yield bad(place, null, `it cannot be read (${code})`);
      }
    }
  }
}

const named = (name: string): string => name.replace(/[\\/]+$/u, '');

/** Of a folder only what may hold theorems is looked at; JSON there is what stands beside Lean files. */
function isRead(path: string, format: ImportFormat): boolean {
  const extension = extname(path);
  const isLean = extension === '.lean' && basename(path) !== 'lakefile.lean';
  if (format === 'lean' || format === 'verina') return isLean;
  return ROWS.has(extension) || (format === 'auto' && isLean);
}

async function* fileItems(
  path: string,
  file: string,
  format: ImportFormat,
  facts: Facts,
  folder: Folder | null,
): AsyncGenerator<Item> {
  if (extname(path) === '.lean') return yield* leanItems(path, file, format, facts, folder);
  if (extname(path) !== '.json') return yield* rows(createReadStream(path), file, format);
  const json = await jsonAt(path);
  if (json === undefined)
    return yield bad({ file, line: 1 }, null, 'the file is no JSON (or larger than 64 MiB)');
  for (const [i, row] of (Array.isArray(json) ? json : [json]).entries())
    yield* readRow(row, { file, line: i + 1 }, rowForm(format));
}

async function* rows(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  format: ImportFormat,
): AsyncGenerator<Item> {
  const form = rowForm(format);
  for await (const line of linesOf(chunks)) yield* lineItems(line, { file, line: line.line }, form);
}

/** What is said of Lean files is no form of a record. */
const rowForm = (format: ImportFormat): RowForm | 'auto' =>
  format === 'lean' || format === 'verina' ? 'auto' : format;

function lineItems(line: Line, place: Place, form: RowForm | 'auto'): Item[] {
  if ('fault' in line) return [bad(place, null, line.fault)];
  if (line.text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (error) {
    return [bad(place, null, `no JSON (${(error as Error).message.slice(0, 200)})`)];
  }
  return readRow(value, place, form);
}

async function* leanItems(
  path: string,
  file: string,
  format: ImportFormat,
  facts: Facts,
  folder: Folder | null,
): AsyncGenerator<Item> {
  const first = { file, line: 1 };
  const { size } = await stat(path);
  if (size > Math.min(MAX_LEAN_BYTES, MAX_LINE_BYTES))
    return yield bad(
      first,
      null,
      `the file has ${size} bytes; ${MAX_LEAN_BYTES} are the most that Lean is given`,
    );
  const bytes = await readFile(path);
  const text = utf8(bytes);
  if (text === null) return yield bad(first, null, notUtf8(bytes));
  const place = (line: number): Place => ({ file, line });
  const stem = basename(path, '.lean');
  if (format === 'verina' || (format === 'auto' && isMarked(text))) {
    const task = await taskFacts(dirname(path));
    const own = { ...facts, ...defined(task.facts) };
    const id = task.id ?? (stem === 'task' ? basename(dirname(path)) : stem);
    if (isMarked(text)) return yield* draftsOfMarked(text, { place, id, facts: own });
    return yield bad(first, id, 'the file has no mark `-- !benchmark @start proof`');
  }
  const items = draftsOf(text, { place, id: stem, ownIds: true, facts });
  for (const item of items) yield withBeside(item, path, folder);
  const others = [...unnamed(text)];
  for (const { line, keyword } of others)
    yield bad(
      place(line),
      null,
      `proofloop states theorems, and this \`sorry\` is the proof of an \`${keyword}\``,
    );
  if (items.length > 0 || others.length > 0) return;
  const nothing = 'it holds no theorem';
  yield folder === null ? bad(first, null, nothing) : note(first, nothing);
}

function* unnamed(text: string): Generator<{ readonly line: number; readonly keyword: string }> {
  for (const { keyword, line } of cutText(text).sorries)
    if (keyword === 'example' || keyword === 'instance') yield { line, keyword };
}

function withBeside(item: Item, path: string, folder: Folder | null): Item {
  if (item.kind !== 'draft' || folder === null) return item;
  const { draft } = item;
  const told = folder.beside.of(draft.name, path);
  return told === undefined
    ? item
    : { ...item, draft: { ...draft, facts: { ...defined(told), ...defined(draft.facts) } } };
}

async function taskFacts(folder: string): Promise<{ id?: string | undefined; facts: Facts }> {
  const { task, description } = await taskIn(folder);
  const facts = factsOf(task);
  return {
    id: textOf(task, 'id'),
    facts: description === undefined ? facts : { ...facts, informal: description },
  };
}

const defined = <T extends object>(facts: T): Partial<T> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<T>;
