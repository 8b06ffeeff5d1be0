/** What is used of Emscripten's FS and NODEFS. */
export type VirtualFs = {
  readonly FS: {
    mkdir(path: string): void;
    mount(type: unknown, options: { root: string }, path: string): void;
    writeFile(path: string, text: string): void;
    chdir(path: string): void;
    lookupPath(path: string): { readonly node: Node };
    /** By descriptor; closed ones are null. */
    readonly streams: readonly (Stream | null | undefined)[];
    close(stream: Stream): void;
    ErrnoError: new (errno: number) => Error;
  };
  readonly NODEFS: { readonly node_ops: Operations; readonly stream_ops: Operations };
};
type Operations = Record<string, unknown>;
type Node = { readonly node_ops: Operations; readonly stream_ops: Operations };
type Stream = { readonly flags: number };

const EROFS = 69;
const WRITES = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000;
const CHANGES_NODES = ['setattr', 'mknod', 'rename', 'unlink', 'rmdir', 'symlink'];
const CHANGES_CONTENT = ['setattr', 'write', 'msync'];
const STANDARD_STREAMS = 3;

/** Shows Lean its library, and nothing else of the disk: a submission's IO must not write, nor read what is outside. */
export function mountLibrary({ FS, NODEFS }: VirtualFs, folder: string): void {
  const refuse = refusal(FS);
  for (const operation of CHANGES_NODES) NODEFS.node_ops[operation] = refuse;
  for (const operation of CHANGES_CONTENT) NODEFS.stream_ops[operation] = refuse;
  const open = NODEFS.stream_ops.open as (stream: Stream) => void;
  NODEFS.stream_ops.open = (stream: Stream) => {
    if (stream.flags & WRITES) refuse();
    open(stream);
  };
  for (const path of ['/lean', '/lean/bin', '/lean/lib', '/lean/lib/lean']) FS.mkdir(path);
  FS.mount(NODEFS, { root: folder }, '/lean/lib/lean');
  FS.writeFile('/lean/bin/lean', '');
}

/** The file system in memory stays as it is from now on: a submission must leave nothing there for the next one. */
export function sealMemory({ FS }: VirtualFs): void {
  const refuse = refusal(FS);
  // All folders in memory share their operations, and so do all files.
  const [folders, files] = ['/', '/lean/bin/lean'].map((path) => FS.lookupPath(path).node) as [Node, Node];
  for (const operation of CHANGES_NODES) folders.node_ops[operation] = refuse;
  files.node_ops.setattr = refuse;
  for (const operation of CHANGES_CONTENT) files.stream_ops[operation] = refuse;
  FS.chdir = refuse;
}

/** Closes what a submission left open. */
export function closeFiles({ FS }: VirtualFs): void {
  for (const stream of FS.streams.slice(STANDARD_STREAMS)) if (stream) FS.close(stream);
}

const refusal = (FS: VirtualFs['FS']) => (): never => {
  throw new FS.ErrnoError(EROFS);
};
