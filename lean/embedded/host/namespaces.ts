/** What Node itself is linked with and reads; the same for bubblewrap. */
export const SYSTEM = ['/usr', '/lib', '/lib64', '/bin', '/nix/store', '/etc/ld.so.cache'] as const;

/** A folder that is always there (FHS), in which the new root is mounted: one that holds nothing we have to show. */
const ROOTS = ['/mnt', '/media', '/srv'] as const;
export const rootFor = (shown: readonly string[]): string =>
  ROOTS.find((root) => !shown.some((path) => path === root || path.startsWith(`${root}/`))) ?? ROOTS[0];

/**
 * `sh -c` of this with the new root, how many paths follow, the paths, and a command: a root in memory that has the
 * paths, read-only, and nothing else; the command runs in it. The mount is private to the namespace and goes with it.
 * A mount may not lose flags that it has (`nosuid`, `nodev`), and one with others below it goes with them; where it cannot be
 * made read-only at all, the rights of the files and Node's permission model are what keeps them.
 */
export const SHUT_IN = `set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1; count=$2; shift 2
mount -t tmpfs -o mode=755 tmpfs "$root"
while [ "$count" -gt 0 ]; do
  path=$1; shift; count=$((count - 1))
  [ -e "$path" ] || continue
  if [ -d "$path" ]; then mkdir -p "$root$path"; else mkdir -p "$root\${path%/*}"; : > "$root$path"; fi
  mount --bind "$path" "$root$path" 2>/dev/null || mount --rbind "$path" "$root$path"
  for keep in "" ,nosuid,nodev ,nosuid,nodev,noexec ,nosuid,nodev,relatime; do
    mount -o "remount,bind,ro$keep" "$root$path" 2>/dev/null && break
  done
done
mount -o remount,ro "$root"
cd "$root"
unset PWD OLDPWD SHLVL
exec chroot "$root" "$@"`;
