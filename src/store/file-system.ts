import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * File systems whose locks or shared memory SQLite's WAL mode cannot rely on, by the `f_type` that
 * Linux's statfs(2) gives (linux/magic.h and the file systems' own headers).
 */
const REMOTE: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x517b, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x786f4256, 'vboxsf'],
]);

/** Name of the network (or user-space) file system that `type` stands for, or null. */
export const remoteFileSystemName = (type: number): string | null => REMOTE.get(type >>> 0) ?? null;

/** The same for the file at `path`, or for its folder while there is no such file; null where the system does not tell. */
export const remoteFileSystem = async (path: string): Promise<string | null> => {
  if (process.platform !== 'linux') return null;
  const { type } = await statfs(path).catch(() => statfs(dirname(path)));
  return remoteFileSystemName(type);
};
