import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FIXTURES } from '../repl/support.ts';

/**
 * Programs of the names that a set-up calls. They leave the files that the real ones leave, as far as the set-up looks
 * at them, and note each call; `repl`, once built, is the fault fixture of the repl tests.
 */
const PROGRAMS = {
  elan: `case "$1 $2" in
    "--version ") echo "elan 4.1.2" ;;
    "toolchain list") cat "$ROOT/toolchains" 2>/dev/null ;;
    "toolchain install") [ -f "$ROOT/offline" ] && { echo "error: could not download file" >&2; exit 1; }
      echo "$3 (default)" >> "$ROOT/toolchains" ;;
    esac`,
  git: `for last; do :; done; mkdir -p "$last"; echo "leanprover/lean4:v4.28.0" > "$last/lean-toolchain"`,
  lake: `lib=.lake/packages/mathlib/.lake/build/lib/lean
    case "$1 $2" in
    "update ") mkdir -p .lake/packages/mathlib; echo '{"packages": [{"name": "mathlib"}]}' > lake-manifest.json ;;
    "exe cache") mkdir -p $lib/Mathlib/Data/Nat; touch $lib/Mathlib.olean $lib/Mathlib/Data/Nat/Basic.olean ;;
    "build ") mkdir -p .lake/build/bin; printf '#!/bin/sh\\nexec ${process.execPath} ${FIXTURES}/repl.ts\\n' > .lake/build/bin/repl
      chmod +x .lake/build/bin/repl ;;
    "env "*) shift; exec "$@" ;;
    "build "*) mkdir -p .lake/build/lib/lean; touch .lake/build/lib/lean/$2.olean ;;
    esac`,
};

export type Programs = {
  /** A PATH with them before what the system has. */
  readonly path: string;
  calls(): Promise<string[]>;
};

export async function installPrograms(
  root: string,
  names: readonly (keyof typeof PROGRAMS)[],
): Promise<Programs> {
  const bin = join(root, 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of names) {
    const note = name === 'lake' ? '[ "$1" = env ] || ' : '';
    const script = `#!/bin/sh\nROOT=${root}\n${note}echo "${name} $*" >> ${root}/calls\n${PROGRAMS[name]}\n`;
    await writeFile(join(bin, name), script);
    await chmod(join(bin, name), 0o755);
  }
  return {
    path: `${bin}:/usr/bin:/bin`,
    calls: async () => {
      const text = await readFile(join(root, 'calls'), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '' && !/--version|toolchain list/u.test(line));
    },
  };
}
