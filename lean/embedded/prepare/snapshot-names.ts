import { environmentKey } from '../environment-key.ts';

/** Headers that an instance can begin with; any other is imported when it is first asked for. */
export const SNAPSHOTS = [snapshot('Init', ''), snapshot('Std', 'import Std\n')] as const;

function snapshot(name: string, header: string) {
  return { file: `snapshot.${name}`, header, key: environmentKey(header) };
}

/** The snapshot that has the header, else the smallest. */
export function snapshotFor(header: string): (typeof SNAPSHOTS)[number] {
  const key = environmentKey(header);
  return SNAPSHOTS.find((known) => known.key === key) ?? SNAPSHOTS[0];
}
