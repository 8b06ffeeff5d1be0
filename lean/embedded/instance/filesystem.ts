/** What is used of Emscripten's FS and NODEFS. */
export type VirtualFs = {
  readonly FS: {
    mkdir(path: string): void;
    mount(type: unknown, options: { root: string }, path: string): void;
    writeFile(path: string, text: string): void;
    ErrnoError: new (errno: number) => Error;
  };
  readonly NODEFS: {
    readonly node_ops: Record<string, unknown>;
    readonly stream_ops: Record<string, unknown>;
  };
};
type Stream = { readonly flags: number };

const EROFS = 69;
const WRITES = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000;

/** Shows Lean its library, and nothing else of the disk: a submission's IO must not write, nor read what is outside. */
export function mountLibrary({ FS, NODEFS }: VirtualFs, folder: string): void {
  const refuse = () => {
    throw new FS.ErrnoError(EROFS);
  };
  for (const operation of ['setattr', 'mknod', 'rename', 'unlink', 'rmdir', 'symlink'])
    NODEFS.node_ops[operation] = refuse;
  for (const operation of ['setattr', 'write', 'msync']) NODEFS.stream_ops[operation] = refuse;
  const open = NODEFS.stream_ops.open as (stream: Stream) => void;
  NODEFS.stream_ops.open = (stream: Stream) => {
    if (stream.flags & WRITES) refuse();
    open(stream);
  };
  for (const path of ['/lean', '/lean/bin', '/lean/lib', '/lean/lib/lean']) FS.mkdir(path);
  FS.mount(NODEFS, { root: folder }, '/lean/lib/lean');
  FS.writeFile('/lean/bin/lean', '');
}
